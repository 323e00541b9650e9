// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solve/laplace.hpp"
#include "solve/memory.hpp"
#include "solve/multigrid.hpp"

#include <functional>
#include <string_view>
#include <vector>

namespace lapilli::solve {

struct StoppingRule {
    double accuracy = 1e-4; ///< stop when the estimated relative error of the energy is below
    double residual = 0;    ///< and ‖r‖ / ‖b‖ is below (0: never mind)
    int max_iterations = 500;
    bool field_alone = false; ///< nobody asks for more than the field: energy, residual and fluxes are not measured anew

    /// Whether a solve that can do with floats down to this accuracy needs a part of its field in double.
    bool is_beyond_floats(double accuracy_of_floats) const
    {
        constexpr double residual_of_floats = 1e-5;
        return accuracy < accuracy_of_floats || (residual > 0 && residual < residual_of_floats);
    }
};

/// Why a solve went no further: "accuracy reached", "iterations used up", or "rounding" where the numbers have no digits
/// left.
std::string_view reason_to_stop(bool converged, int iterations, const StoppingRule& rule);

/// What can be reached with potentials in float.
inline constexpr double accuracy_of_floats = 1e-6;

/// What an iteration tells: passed to the observer after each.
struct SolveState {
    int iteration = 0;
    double energy = 0;         ///< of the field so far; the minimum is the answer, so it comes down to it
    double error_estimate = 1; ///< of the energy, relative
    double residual = 1;       ///< ‖r‖ / ‖b‖
    bool start = false;        ///< this is not the method yet but the solve that it begins with, and its energy
};

using Observer = std::function<void(const SolveState&)>;

/// What an estimate of the error rests on.
enum class ErrorWitness {
    none,         ///< nothing had to be solved, or nothing is known
    energy_decay, ///< how the energy has fallen: an estimate
    flux_balance, ///< how far the fluxes through the two ends are from the energy: an estimate, where no bound is known
    bound,        ///< an admissible flux (balanced_flux.hpp): the error is not larger, but for rounding
};
/// As results name it; empty: none.
std::string_view name(ErrorWitness witness);

/// The outcome of a solve: a value, also when it did not converge.
struct SolveReport {
    bool converged = false;
    int iterations = 0;
    double energy = 0;         ///< minimum of the energy of a unit mean gradient, voxel units
    double error_estimate = 0; ///< relative
    ErrorWitness error_estimate_by = ErrorWitness::none;
    double residual = 0;   ///< ‖b - A g‖ / ‖b‖, recomputed
    double inlet_flux = 0; ///< through the outer faces, for a unit mean gradient, voxel units
    double outlet_flux = 0;
    std::vector<float> g;               ///< the field: deviation from the unit gradient, with room for ghosts
    std::size_t bytes = 0;              ///< of vectors on this rank
    std::vector<double> energy_history; ///< by iteration, from 0
    std::vector<double> residual_history;
};

/// Conjugate gradients preconditioned by one multigrid cycle, on float vectors with exact sums in double: sums do not depend
/// on the number of ranks. The error of the energy is the square of that of the field. It is estimated from the decay of the
/// energy; where that would stop or the residual promises enough, and not in the product law, it is bounded, and the bound
/// decides. Collective.
/// @param multigrid  nullptr: Jacobi, for comparison
/// @param step       where it goes on from the last restart point that is known
SolveReport conjugate_gradients(const LaplaceProblem& problem, Multigrid<LaplaceProblem>* multigrid,
                                const StoppingRule& rule, const Observer& observe = {}, const Step& step = {});

} // namespace lapilli::solve
