// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "timed_flow.hpp"

#include "timer.hpp"

namespace lapilli::bench {

namespace {

/// Thrown by an observer to leave a solve; every rank does so in the same iteration, for its state has the same bits on all.
struct Enough {};

} // namespace

PreparedFlow prepare_flow(const image::PoreSpace& pores, Axis axis)
{
    PreparedFlow result;
    Timer timer(pores.comm());
    result.grid = std::make_unique<solve::StaggeredGrid>(pores, axis);
    result.problem = std::make_unique<solve::StokesProblem>(*result.grid, axis, stokes::Walls::weighted);
    result.preconditioner = std::make_unique<solve::StokesPreconditioner>(*result.problem);
    result.setup_s = timer.lap();
    return result;
}

TimedFlow timed_flow(const PreparedFlow& flow, solve::StokesPreconditioner& preconditioner, const solve::StoppingRule& rule,
                     const std::function<bool(const solve::SolveState&)>& enough)
{
    TimedFlow result;
    solve::SolveState last;
    Timer timer(flow.grid->pores().comm());
    double now = 0;
    const auto observe = [&](const solve::SolveState& state) {
        now += timer.lap();
        result.until.push_back(now);
        last = state;
        if (enough && enough(state)) throw Enough{};
    };
    try {
        result.report = solve::solve_stokes(*flow.problem, preconditioner, rule, observe);
    } catch (const Enough&) {
        result.report.iterations = last.iteration;
        result.report.conductance = last.energy;
        result.report.error.relative = last.error_estimate;
        result.report.converged = true;
    }
    result.seconds = now + timer.lap();
    return result;
}

} // namespace lapilli::bench
