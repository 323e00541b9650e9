// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/pore_space.hpp"
#include "solve/stokes_solver.hpp"

#include <functional>
#include <memory>
#include <vector>

namespace lapilli::bench {

/// What stands between the pores and the first iteration, as `lapilli permeability` makes it.
struct PreparedFlow {
    double setup_s = 0;
    std::unique_ptr<solve::StaggeredGrid> grid;
    std::unique_ptr<solve::StokesProblem> problem;
    std::unique_ptr<solve::StokesPreconditioner> preconditioner;
};

/// Weighted walls. Collective.
PreparedFlow prepare_flow(const image::PoreSpace& pores, Axis axis);

/// A solve and the time [s] from its begin to the end of each iteration; the first has the Darcy start in it.
struct TimedFlow {
    solve::FlowReport report;
    double seconds = 0;
    std::vector<double> until;
};

/// Collective.
/// @param enough  ends the solve at once when it returns true of an iteration; no report then but its state
TimedFlow timed_flow(const PreparedFlow& flow, solve::StokesPreconditioner& preconditioner, const solve::StoppingRule& rule,
                     const std::function<bool(const solve::SolveState&)>& enough = {});

} // namespace lapilli::bench
