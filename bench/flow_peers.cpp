// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "flow_peers.hpp"

#include "lattice_boltzmann.hpp"
#include "timer.hpp"

#include <cmath>

namespace lapilli::bench {

namespace {

constexpr int must_stay = 20; // iterations near the truth: a swing that only crosses it does not count
constexpr std::int64_t steps_between = 20, steps_compared = 1000, most_steps = 200'000;
constexpr double steady_change = 1e-6;

bool near(double value, double truth, double accuracy) { return std::abs(value - truth) <= accuracy * std::abs(truth); }

} // namespace

JacobiFlow run_jacobi(const PreparedFlow& flow, double conductance, double accuracy, int max_iterations)
{
    solve::StokesPreconditioner diagonal(*flow.problem, solve::Inverse::diagonal);
    int stayed = 0;
    const auto run =
        timed_flow(flow, diagonal, {.accuracy = 0, .max_iterations = max_iterations}, [&](const solve::SolveState& state) {
            stayed = near(state.energy, conductance, accuracy) ? stayed + 1 : 0;
            return stayed == must_stay;
        });
    JacobiFlow result{.reached = stayed == must_stay, .iterations = run.report.iterations, .solve_s = run.until.back()};
    if (result.reached) {
        result.iterations -= must_stay - 1;
        result.solve_s = run.until[static_cast<std::size_t>(result.iterations) - 1];
    }
    return result;
}

LatticeRun run_lattice_boltzmann(const image::PoreSpace& pores, Axis axis, double viscosity, double accuracy)
{
    LatticeRun result;
    Timer timer(pores.comm());
    LatticeBoltzmann lattice(pores, axis, viscosity);
    result.setup_s = timer.lap();
    result.bytes_per_pore = static_cast<double>(pores.comm().sum(static_cast<std::int64_t>(lattice.bytes()))) /
                            static_cast<double>(pores.total_pores());

    std::vector<double> history, until; // after each stretch of steps
    double now = 0;
    while (!result.steady && result.limit_steps < most_steps) {
        for (std::int64_t step = 0; step < steps_between; step += 2) lattice.advance();
        history.push_back(lattice.permeability());
        until.push_back(now += timer.lap());
        result.limit_steps += steps_between;
        const auto before = static_cast<std::ptrdiff_t>(history.size()) - 1 - steps_compared / steps_between;
        result.steady = before >= 0 && near(history[static_cast<std::size_t>(before)], history.back(), steady_change);
    }
    result.limit_voxel2 = history.back();
    std::size_t first = history.size() - 1;
    while (first > 0 && near(history[first - 1], result.limit_voxel2, accuracy)) --first;
    result.steps = static_cast<std::int64_t>(first + 1) * steps_between;
    result.solve_s = until[first];
    return result;
}

} // namespace lapilli::bench
