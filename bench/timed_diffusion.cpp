// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "timed_diffusion.hpp"

#include "timer.hpp"

namespace lapilli::bench {

namespace {

/// Thrown by an observer to leave a solve; every rank does so in the same iteration, for energies have the same bits on all.
struct Enough {};

} // namespace

PreparedDiffusion prepare_diffusion(const image::PoreSpace& pores, Axis axis)
{
    PreparedDiffusion result;
    Timer timer(pores.comm());
    result.problem = std::make_unique<solve::LaplaceProblem>(pores, axis, std::vector<double>{1.0});
    result.problem_s = timer.lap();
    result.multigrid = std::make_unique<solve::Multigrid<solve::LaplaceProblem>>(*result.problem);
    result.hierarchy_s = timer.lap();
    return result;
}

TimedDiffusion timed_diffusion(const solve::LaplaceProblem& problem, solve::Multigrid<solve::LaplaceProblem>* multigrid,
                               const solve::StoppingRule& rule, const std::function<bool(double)>& enough)
{
    TimedDiffusion result;
    solve::SolveReport so_far;
    Timer timer(problem.pores().comm());
    double now = 0;
    result.until.push_back(0);
    const auto observe = [&](const solve::SolveState& state) {
        now += timer.lap();
        result.until.push_back(now);
        so_far.iterations = state.iteration;
        so_far.energy = state.energy;
        so_far.residual = state.residual;
        so_far.error_estimate = state.error_estimate;
        if (enough && enough(state.energy)) throw Enough{};
    };
    try {
        result.report = solve::conjugate_gradients(problem, multigrid, rule, observe);
    } catch (const Enough&) {
        result.report = so_far;
        result.report.converged = true;
    }
    result.seconds = now + timer.lap();
    return result;
}

} // namespace lapilli::bench
