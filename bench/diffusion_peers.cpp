// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "diffusion_peers.hpp"

#include "hypre_solver.hpp"
#include "timer.hpp"

#include <cmath>

namespace lapilli::bench {

namespace {

constexpr double same_residual = 1e-6;

} // namespace

double Target::error(double other) const { return std::abs(other - energy) / energy; }

BoomerAmg run_boomeramg(const solve::LaplaceProblem& problem, const Target& target)
{
    BoomerAmg result;
    Timer timer(problem.pores().comm());
    HypreSolver solver(problem);
    result.assembly_s = timer.lap();
    solver.set_up();
    result.setup_s = timer.lap();
    const auto run = [&](double tolerance) {
        const auto outcome = solver.solve(tolerance);
        return BoomerAmg::Run{outcome.iterations, outcome.seconds, target.unit_gradient - outcome.gain};
    };
    result.to_residual = run(same_residual);
    for (double tolerance = 1e-1; tolerance >= same_residual; tolerance /= std::sqrt(10.0)) {
        result.to_target = run(tolerance);
        if (target.reached_by(result.to_target.energy)) return result;
    }
    result.to_target = result.to_residual;
    return result;
}

} // namespace lapilli::bench
