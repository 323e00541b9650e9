// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "parallel/exact_total.hpp"
#include "solve/stokes_solver.hpp"
#include "sum/interleaved.hpp"

namespace lapilli::solve {

Tensor conductance_tensor(StokesProblem& problem, PerAxis<std::vector<Float4>>& x)
{
    Tensor conductance{};
    auto r = problem.grid().make_field<Float4>();
    for (const Axis axis : all_axes) {
        const int j = index(axis);
        problem.turn_to(axis);
        if (x[axis].empty()) continue;
        problem.residual(nullptr, x[axis].data(), r.data());
        std::array<sum::ExactSum, 6> sums; // b_j·x_i and x_i·r_j, by i
        problem.grid().for_each_brick([&](std::int32_t, std::int32_t first, std::int32_t count) {
            for (const Axis other : all_axes) {
                if (x[other].empty()) continue;
                const int i = index(other);
                const Float4* xi = x[other].data() + first;
                sums[i].add(
                    sum::interleaved_lanes(count, [&](int k) { return widen(problem.drive(first + k)) * widen(xi[k]); }));
                sums[3 + i].add(sum::interleaved_lanes(count, [&](int k) { return widen(xi[k]) * widen(r[first + k]); }));
            }
        });
        const auto total = parallel::total(problem.grid().pores().comm(), sums);
        for (int i = 0; i < 3; ++i) {
            conductance[j][i] += total[i];
            conductance[i][j] += total[3 + i];
        }
    }
    return symmetrized(conductance);
}

} // namespace lapilli::solve
