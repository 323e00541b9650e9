// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// The finest level of the cycle (templates of multigrid.hpp).
#pragma once

#include "solve/multigrid.hpp"

#include <algorithm>
#include <array>

namespace lapilli::solve {

template <class Problem>
template <class Visit>
void Multigrid<Problem>::apply(Value* r, std::vector<Value>& z, std::vector<Value>& work, Visit&& visit)
{
    using multigrid::Chebyshev;
    if (options_.inverse == Inverse::diagonal) {
        problem_.for_each_brick([&](const auto& p) {
            const Value* b = r + p.first;
            Value* x = z.data() + p.first;
            for (std::int32_t i = 0; i < p.count; ++i) x[i] = b[i] * p.inverse(i);
            visit(p, b, x);
        });
        return;
    }
    const auto jacobi = [r](const auto& p, std::int32_t i) { // D⁻¹ (r - A x)
        return (r[p.first + i] - p.own(i) * p.x(i) + p.sum(i)) * p.inverse(i);
    };

    // 1. two smoothing steps from zero
    problem_.sweep_scaled(r, Chebyshev::first, work, [&](const auto& p) {
        Value* y = z.data() + p.first;
        for (std::int32_t i = 0; i < p.count; ++i)
            y[i] = p.x(i) + Chebyshev::momentum * p.x(i) + Chebyshev::second * jacobi(p, i);
    });

    // 2. what is left over goes to the coarse levels, and their correction comes back
    restrict_residual(r, z);
    add_correction(z, coarse_.solve());

    // 3. two smoothing steps
    problem_.sweep(z.data(), [&](const auto& p) {
        Value* y = work.data() + p.first;
        for (std::int32_t i = 0; i < p.count; ++i) y[i] = p.x(i) + Chebyshev::first * jacobi(p, i);
    });
    z.swap(work);
    problem_.sweep(z.data(), [&](const auto& p) {
        Value* y = work.data() + p.first;
        for (std::int32_t i = 0; i < p.count; ++i)
            y[i] = p.x(i) + Chebyshev::momentum * (p.x(i) - y[i]) + Chebyshev::second * jacobi(p, i);
        visit(p, r + p.first, y);
    });
    z.swap(work);
}

template <class Problem>
void Multigrid<Problem>::restrict_residual(const Value* r, std::vector<Value>& z)
{
    constexpr std::int32_t at_once = 64; // residuals that stay in the first-level cache
    std::array<Value, at_once> left;
    Value* coarse = coarse_.clear();
    problem_.sweep(z.data(), [&](const auto& p) {
        const Value* b = r + p.first;
        Value* sums = coarse + fine_.first_node[p.brick];
        for (std::int32_t from = 0; from < p.count; from += at_once) {
            const std::int32_t count = std::min(at_once, p.count - from);
            for (std::int32_t k = 0, i = from; k < count; ++k, ++i)
                left[k] = p.scaled(i, b[i] - p.own(i) * p.x(i) + p.sum(i));
            const std::uint16_t* aggregate = fine_.of_pore.data() + p.first + from;
            for (std::int32_t k = 0; k < count; ++k) sums[aggregate[k]] += left[k];
        }
    });
}

template <class Problem>
void Multigrid<Problem>::add_correction(std::vector<Value>& z, const Value* correction)
{
    problem_.for_each_brick([&](const auto& p) {
        Value* x = z.data() + p.first;
        const Value* of_brick = correction + fine_.first_node[p.brick];
        const std::uint16_t* aggregate = fine_.of_pore.data() + p.first;
        for (std::int32_t i = 0; i < p.count; ++i)
            x[i] += p.scaled(i, options_.first_over_correction * of_brick[aggregate[i]]);
    });
}

} // namespace lapilli::solve
