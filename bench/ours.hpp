// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/pore_space.hpp"
#include "image/read.hpp"
#include "solve/conjugate_gradients.hpp"
#include "solve/laplace.hpp"
#include "solve/multigrid.hpp"

#include <memory>
#include <vector>

namespace lapilli::bench {

/// Everything up to the first iteration, step by step as `lapilli diffusivity` does it for one axis, and how long each took
/// [s].
struct Prepared {
    double read_s = 0;
    double percolation_s = 0; ///< to the owners, components, trim to the percolating ones
    double problem_s = 0;     ///< setup that Jacobi needs, too
    double hierarchy_s = 0;
    std::unique_ptr<image::PoreSpace> pores; ///< trimmed
    std::unique_ptr<solve::LaplaceProblem> problem;
    std::unique_ptr<solve::Multigrid<solve::LaplaceProblem>> multigrid;

    double setup_s() const { return problem_s + hierarchy_s; }
};

/// One phase of conductivity 1. Collective. @throws Error as read_image, and when the image does not percolate along the
/// axis
Prepared prepare(const parallel::Communicator& comm, const image::ImageSource& source, const image::Phases& phases,
                 Axis axis);

/// A solve and the time [s] from its begin to the end of each iteration, the first entry being iteration 0.
struct TimedSolve {
    solve::SolveReport report;
    double seconds = 0;
    std::vector<double> until;
};

/// Collective. @param multigrid  nullptr: Jacobi
/// @param enough  ends the solve at once when it returns true of an iteration's energy; no report then but the histories
TimedSolve timed_solve(const solve::LaplaceProblem& problem, solve::Multigrid<solve::LaplaceProblem>* multigrid,
                       const solve::StoppingRule& rule, const std::function<bool(double)>& enough = {});

} // namespace lapilli::bench
