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
    constexpr int lanes = numbers_of_value<Value>;
    if (options_.inverse == Inverse::diagonal) {
        problem_.for_each_brick([&](const Pass<Value>& p) {
            const Value* b = r + p.first;
            Value* x = z.data() + p.first;
            for (std::int32_t i = 0; i < p.count; ++i) x[i] = b[i] * p.inverse[i];
            visit(p, b, x);
        });
        return;
    }

    // 1. two smoothing steps from zero
    problem_.sweep_scaled(r, Chebyshev::first, work, [&](const Pass<Value>& p) {
        const float *b = numbers(r + p.first), *x = numbers(p.self), *own = numbers(p.own()), *sums = numbers(p.sums),
                    *inverse = numbers(p.inverse);
        float* y = numbers(z.data() + p.first);
        for (std::int32_t i = 0; i < lanes * p.count; ++i)
            y[i] = x[i] + Chebyshev::momentum * x[i] + Chebyshev::second * ((b[i] - own[i] * x[i] + sums[i]) * inverse[i]);
    });

    // 2. what is left over goes to the coarse levels, and their correction comes back
    restrict_residual(r, z);
    add_correction(z, coarse_.solve());

    // 3. two smoothing steps
    problem_.sweep(z.data(), [&](const Pass<Value>& p) {
        const float *b = numbers(r + p.first), *x = numbers(p.self), *own = numbers(p.own()), *sums = numbers(p.sums),
                    *inverse = numbers(p.inverse);
        float* y = numbers(work.data() + p.first);
        for (std::int32_t i = 0; i < lanes * p.count; ++i)
            y[i] = x[i] + Chebyshev::first * ((b[i] - own[i] * x[i] + sums[i]) * inverse[i]);
    });
    z.swap(work);
    problem_.sweep(z.data(), [&](const Pass<Value>& p) {
        const float *b = numbers(r + p.first), *x = numbers(p.self), *own = numbers(p.own()), *sums = numbers(p.sums),
                    *inverse = numbers(p.inverse);
        float* y = numbers(work.data() + p.first);
        for (std::int32_t i = 0; i < lanes * p.count; ++i)
            y[i] = x[i] + Chebyshev::momentum * (x[i] - y[i]) +
                   Chebyshev::second * ((b[i] - own[i] * x[i] + sums[i]) * inverse[i]);
        visit(p, r + p.first, work.data() + p.first);
    });
    z.swap(work);
}

template <class Problem>
void Multigrid<Problem>::restrict_residual(const Value* r, std::vector<Value>& z)
{
    constexpr std::int32_t at_once = 64; // residuals that stay in the first-level cache
    std::array<Value, at_once> left;
    Value* coarse = coarse_.clear();
    problem_.sweep(z.data(), [&](const Pass<Value>& p) {
        Value* sums = coarse + fine_.first_node[p.brick];
        for (std::int32_t from = 0; from < p.count; from += at_once) {
            const std::int32_t count = std::min(at_once, p.count - from);
            const float *b = numbers(r + p.first + from), *x = numbers(p.self + from), *d = numbers(p.own() + from),
                        *s = numbers(p.sums + from);
            float* to = numbers(left.data());
            for (std::int32_t i = 0; i < numbers_of_value<Value> * count; ++i) to[i] = b[i] - d[i] * x[i] + s[i];
            if (p.scale != nullptr)
                for (std::int32_t i = 0; i < count; ++i) left[i] *= p.scale[from + i];
            const std::uint16_t* aggregate = fine_.of_pore.data() + p.first + from;
            for (std::int32_t i = 0; i < count; ++i) sums[aggregate[i]] += left[i];
        }
    });
}

template <class Problem>
void Multigrid<Problem>::add_correction(std::vector<Value>& z, const Value* correction)
{
    problem_.for_each_brick([&](const Pass<Value>& p) {
        Value* x = z.data() + p.first;
        const Value* of_brick = correction + fine_.first_node[p.brick];
        const std::uint16_t* aggregate = fine_.of_pore.data() + p.first;
        if (p.scale == nullptr)
            for (std::int32_t i = 0; i < p.count; ++i) x[i] += options_.first_over_correction * of_brick[aggregate[i]];
        else
            for (std::int32_t i = 0; i < p.count; ++i)
                x[i] += options_.first_over_correction * p.scale[i] * of_brick[aggregate[i]];
    });
}

} // namespace lapilli::solve
