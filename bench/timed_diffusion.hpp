// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/pore_space.hpp"
#include "solve/conjugate_gradients.hpp"
#include "solve/laplace.hpp"
#include "solve/multigrid.hpp"

#include <functional>
#include <memory>
#include <vector>

namespace lapilli::bench {

/// What stands between the pores and the first iteration, step by step as `lapilli diffusivity` does it, and how long each
/// took [s].
struct PreparedDiffusion {
    double problem_s = 0; ///< setup that Jacobi needs, too
    double hierarchy_s = 0;
    std::unique_ptr<solve::LaplaceProblem> problem;
    std::unique_ptr<solve::Multigrid<solve::LaplaceProblem>> multigrid;

    double setup_s() const { return problem_s + hierarchy_s; }
};

/// One phase of conductivity 1. Collective.
PreparedDiffusion prepare_diffusion(const image::PoreSpace& pores, Axis axis);

/// A solve and the time [s] from its begin to the end of each iteration, the first entry being iteration 0.
struct TimedDiffusion {
    solve::SolveReport report;
    double seconds = 0;
    std::vector<double> until;
};

/// Collective. @param multigrid  nullptr: Jacobi
/// @param enough  ends the solve at once when it returns true of an iteration's energy; no report then but the histories
TimedDiffusion timed_diffusion(const solve::LaplaceProblem& problem, solve::Multigrid<solve::LaplaceProblem>* multigrid,
                               const solve::StoppingRule& rule, const std::function<bool(double)>& enough = {});

} // namespace lapilli::bench
