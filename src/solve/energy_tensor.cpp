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
    std::array<double, 3> balance{};  ///< b_j·g_i, by i
    std::array<double, 3> residual{}; ///< g_i·r_j, by i
};

Sums sums_of_axis(const LaplaceProblem& problem, const std::array<std::vector<float>, 3>& g, const std::vector<float>& r)
{
    std::array<sum::ExactSum, 7> sums;
    std::int32_t brick = 0;
    for (const auto& b : problem.pores().owned_bricks()) {
        std::array<double, 7> partial{};
        auto at = static_cast<std::size_t>(b.first);
        for (const auto& equation : problem.equations(brick++)) {
            partial[0] += equation.energy;
            for (std::size_t i = 0; i < 3; ++i) {
                if (g[i].empty()) continue;
                partial[1 + i] += equation.balance * static_cast<double>(g[i][at]);
                partial[4 + i] += static_cast<double>(g[i][at]) * static_cast<double>(r[at]);
            }
            ++at;
        }
        for (std::size_t s = 0; s < sums.size(); ++s) sums[s].add(partial[s]);
    }
    const auto total = parallel::total(problem.pores().comm(), sums);
    return {total[0], {total[1], total[2], total[3]}, {total[4], total[5], total[6]}};
}

} // namespace

Tensor energy_tensor(LaplaceProblem& problem, const std::array<std::vector<float>, 3>& g)
{
    Tensor energy{};
    auto r = problem.pores().make_field<float>();
    for (const Axis axis : all_axes) {
        const auto j = static_cast<std::size_t>(axis);
        problem.turn_to(axis);
        if (g[j].empty()) continue;
        problem.residual(nullptr, g[j].data(), r.data());
        const auto sums = sums_of_axis(problem, g, r);
        energy[j][j] += sums.unit_gradient;
        for (std::size_t i = 0; i < 3; ++i) {
            energy[j][i] -= sums.balance[i];
            energy[i][j] -= sums.residual[i];
        }
    }
    return symmetrized(energy);
}

} // namespace lapilli::solve
