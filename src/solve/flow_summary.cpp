// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "parallel/exact_total.hpp"
#include "solve/stokes_solver.hpp"

#include <cmath>

namespace lapilli::solve {

FlowSummary summarize_flow(const StokesProblem& problem, std::vector<Float4>& x)
{
    const auto& grid = problem.grid();
    const auto axis = static_cast<int>(problem.axis());
    std::array<sum::ExactSum, 5> sums;
    grid.sweep(x.data(), [&](const StaggeredGrid::Block<Float4>& block) {
        std::array<double, 5> partial{};
        for (std::int32_t i = 0; i < block.count; ++i) {
            const std::int32_t at = block.first + i;
            const Double4 u = widen(block.self[i]), lower = widen(problem.lower_weights(at)) * u;
            partial[0] += static_cast<double>(problem.drive(at)[axis]) * u[axis];
            const auto end = grid.rows()[at].end;
            if (end == StaggeredGrid::at_inlet) partial[1] += lower[axis];
            if (end == StaggeredGrid::at_outlet) partial[2] += lower[axis];
            if (block.outlets) continue;
            const std::uint16_t* around = block.around + std::ptrdiff_t{i} * 6;
            const Float4 above{block.cells[around[1]][0], block.cells[around[3]][1], block.cells[around[5]][2], 0};
            const Double4 centre = (lower + widen(problem.upper_weights(at)) * widen(above)) / 2;
            partial[3] += std::sqrt(centre[0] * centre[0] + centre[1] * centre[1] + centre[2] * centre[2]);
            partial[4] += centre[axis];
        }
        for (std::size_t s = 0; s < sums.size(); ++s) sums[s].add(partial[s]);
    });
    const auto total = parallel::total(grid.pores().comm(), sums);
    return {total[0], total[1], total[2], total[3], total[4]};
}

} // namespace lapilli::solve
