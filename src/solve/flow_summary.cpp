// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "parallel/exact_total.hpp"
#include "solve/stokes_solver.hpp"

#include <cmath>

namespace lapilli::solve {

FlowSummary summarize_flow(const StokesProblem& problem, std::vector<Float4>& x)
{
    const auto& grid = problem.grid();
    const int axis = index(problem.axis());
    std::array<sum::ExactSum, 5> sums;
    grid.for_each_brick([&](std::int32_t, std::int32_t first, std::int32_t count) {
        std::array<double, 3> partial{};
        for (std::int32_t at = first; at < first + count; ++at) {
            const double u = x[at][axis];
            const double flux = problem.lower_weights(at)[axis] * u;
            partial[0] += problem.drive_along_axis(at) * u;
            if (grid.rows()[at].end == StaggeredGrid::at_inlet) partial[1] += flux;
            if (grid.rows()[at].end == StaggeredGrid::at_outlet) partial[2] += flux;
        }
        for (std::size_t s = 0; s < partial.size(); ++s) sums[s].add(partial[s]);
    });
    Double4 edges{};
    for (const Axis a : all_axes) edges[index(a)] = grid.pores().edges().along(a);
    problem.for_each_brick_of_centres(x, [&](std::int32_t, std::int32_t count, auto&& centre) {
        std::array<double, 2> partial{};
        for (std::int32_t i = 0; i < count; ++i) {
            const Double4 u = edges * widen(centre(i).mean), square = u * u;
            partial[0] += std::sqrt(square[0] + square[1] + square[2]);
            partial[1] += u[axis];
        }
        sums[3].add(partial[0]);
        sums[4].add(partial[1]);
    });
    const auto total = parallel::total(grid.pores().comm(), sums);
    return {total[0], total[1], total[2], total[3], total[4]};
}

} // namespace lapilli::solve
