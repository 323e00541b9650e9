// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/energy_tensor.hpp"

#include "parallel/exact_total.hpp"
#include "sum/exact_sum.hpp"

namespace lapilli::solve {

namespace {

/// What the equations of one axis j contribute.
struct Sums {
    double unit_gradient = 0;
    PerAxis<double> balance{};  ///< b_j·g_i, by i
    PerAxis<double> residual{}; ///< g_i·r_j, by i
};

Sums sums_of_axis(const LaplaceProblem& problem, const PerAxis<std::vector<float>>& g, const std::vector<float>& r)
{
    std::array<sum::ExactSum, 7> sums;
    for (std::int32_t brick = 0; brick < std::ssize(problem.pores().owned_bricks()); ++brick) {
        std::array<double, 7> partial{};
        problem.for_each_equation(brick, [&](std::int32_t at, const diffusion::PoreEquation& equation) {
            partial[0] += equation.energy;
            for (const Axis axis : all_axes) {
                if (g[axis].empty()) continue;
                const int i = index(axis);
                const double along = g[axis][at];
                partial[1 + i] += equation.balance * along;
                partial[4 + i] += along * r[at];
            }
        });
        for (std::size_t s = 0; s < sums.size(); ++s) sums[s].add(partial[s]);
    }
    const auto total = parallel::total(problem.pores().comm(), sums);
    return {total[0], {total[1], total[2], total[3]}, {total[4], total[5], total[6]}};
}

} // namespace

Tensor energy_tensor(LaplaceProblem& problem, PerAxis<std::vector<float>>& g)
{
    Tensor energy = Tensor::Zero();
    auto r = problem.pores().make_field<float>();
    for (const Axis axis : all_axes) {
        const int j = index(axis);
        problem.turn_to(axis);
        if (g[axis].empty()) continue;
        problem.residual(nullptr, g[axis].data(), r.data());
        const auto sums = sums_of_axis(problem, g, r);
        energy(j, j) += sums.unit_gradient;
        for (const Axis other : all_axes) {
            energy(j, index(other)) -= sums.balance[other];
            energy(index(other), j) -= sums.residual[other];
        }
    }
    return symmetrized(energy);
}

} // namespace lapilli::solve
