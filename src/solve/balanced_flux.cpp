// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/balanced_flux.hpp"

#include "parallel/exact_total.hpp"
#include "solve/balanced_blocks.hpp"
#include "solve/balanced_levels.hpp"

#include <cmath>

namespace lapilli::solve {

namespace {

/// Real: as in LevelFlux.
template <class Real, class Residual>
std::optional<double> bound_in(const LaplaceProblem& problem, Multigrid<LaplaceProblem>& multigrid, const Residual* r)
{
    // 1. the first coarse level gets what each aggregate cannot balance inside
    const auto& fine = multigrid.fine();
    auto& coarse = multigrid.coarse();
    const auto& level = std::as_const(coarse).levels().front();
    std::vector<double> sums;
    for (std::size_t b = 0; b < fine.first_node.size(); ++b) {
        const auto& brick = problem.pores().bricks()[b];
        const std::size_t first = fine.first_node[b];
        for (std::int32_t i = brick.first; i < brick.first + brick.pores; ++i) {
            const auto at = first + fine.of_pore[i];
            if (at >= sums.size()) sums.resize(at + 1);
            sums[at] += r[i];
        }
    }

    // 2. its flux, and what is left to the aggregates
    sum::ExactSum energy;
    const auto above = balance<Real>(coarse, std::move(sums), energy);
    if (!above) return std::nullopt;
    BalancedBlocks<Real> blocks(problem, fine, level, *above);
    for (std::int32_t b = 0; b < std::ssize(fine.first_node); ++b) energy.add(blocks.energy(b, r));
    const double bound = parallel::total(problem.pores().comm(), energy);
    if (!std::isfinite(bound)) return std::nullopt;
    return bound;
}

} // namespace

std::optional<double> energy_bound(const LaplaceProblem& problem, Multigrid<LaplaceProblem>& multigrid, const double* r)
{
    return bound_in<double>(problem, multigrid, r);
}

std::optional<double> energy_bound(const LaplaceProblem& problem, Multigrid<LaplaceProblem>& multigrid, const float* r)
{
    return problem.faces_alike() ? bound_in<float>(problem, multigrid, r) : bound_in<double>(problem, multigrid, r);
}

} // namespace lapilli::solve
