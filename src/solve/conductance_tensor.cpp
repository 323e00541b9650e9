// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "parallel/exact_total.hpp"
#include "solve/stokes_solver.hpp"
#include "sum/interleaved.hpp"

namespace lapilli::solve {

Tensor conductance_tensor(StokesProblem& problem, std::array<std::vector<Float4>, 3>& x)
{
    Tensor conductance{};
    auto r = problem.grid().make_field<Float4>();
    for (const Axis axis : all_axes) {
        const auto j = static_cast<std::size_t>(axis);
        problem.turn_to(axis);
        if (x[j].empty()) continue;
        problem.residual(nullptr, x[j].data(), r.data());
        std::array<sum::ExactSum, 6> sums; // b_j·x_i and x_i·r_j, by i
        problem.grid().for_each_brick([&](std::int32_t, std::int32_t first, std::int32_t count) {
            for (std::size_t i = 0; i < 3; ++i) {
                if (x[i].empty()) continue;
                const Float4* xi = x[i].data() + first;
                sums[i].add(
                    sum::interleaved_lanes(count, [&](int k) { return widen(problem.drive(first + k)) * widen(xi[k]); }));
                sums[3 + i].add(sum::interleaved_lanes(
                    count, [&](int k) { return widen(xi[k]) * widen(r[static_cast<std::size_t>(first + k)]); }));
            }
        });
        const auto total = parallel::total(problem.grid().pores().comm(), sums);
        for (std::size_t i = 0; i < 3; ++i) {
            conductance[j][i] += total[i];
            conductance[i][j] += total[3 + i];
        }
    }
    return symmetrized(conductance);
}

} // namespace lapilli::solve
