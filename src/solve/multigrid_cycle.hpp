// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// The finest level of the cycle (templates of multigrid.hpp).
#pragma once

#include "solve/multigrid.hpp"

namespace lapilli::solve {

template <class Problem>
template <class Visit>
void Multigrid<Problem>::apply(const Value* r, std::vector<Value>& z, std::vector<Value>& work, Visit&& visit)
{
    using multigrid::Chebyshev;
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
    problem_.for_each_brick([&](const Pass<Value>& p) {
        const Value* b = r + p.first;
        Value* x = z.data() + p.first;
        for (std::int32_t i = 0; i < p.count; ++i) x[i] = Chebyshev::first * (b[i] * p.inverse[i]);
    });
    problem_.sweep(z.data(), [&](const Pass<Value>& p) {
        const Value *b = r + p.first, *x = z.data() + p.first;
        Value* y = work.data() + p.first;
        for (std::int32_t i = 0; i < p.count; ++i)
            y[i] = x[i] + Chebyshev::momentum * x[i] +
                   Chebyshev::second * ((b[i] - p.diagonal[i] * x[i] + p.sums[i]) * p.inverse[i]);
    });
    z.swap(work);

    // 2. what is left over goes to the coarse levels, and their correction comes back
    restrict_residual(r, z, work);
    add_correction(z, coarse_.solve());

    // 3. two smoothing steps
    problem_.sweep(z.data(), [&](const Pass<Value>& p) {
        const Value *b = r + p.first, *x = z.data() + p.first;
        Value* y = work.data() + p.first;
        for (std::int32_t i = 0; i < p.count; ++i)
            y[i] = x[i] + Chebyshev::first * ((b[i] - p.diagonal[i] * x[i] + p.sums[i]) * p.inverse[i]);
    });
    z.swap(work);
    problem_.sweep(z.data(), [&](const Pass<Value>& p) {
        const Value *b = r + p.first, *x = z.data() + p.first;
        Value* y = work.data() + p.first;
        for (std::int32_t i = 0; i < p.count; ++i)
            y[i] = x[i] + Chebyshev::momentum * (x[i] - y[i]) +
                   Chebyshev::second * ((b[i] - p.diagonal[i] * x[i] + p.sums[i]) * p.inverse[i]);
        visit(p, b, y);
    });
    z.swap(work);
}

template <class Problem>
void Multigrid<Problem>::restrict_residual(const Value* r, std::vector<Value>& z, std::vector<Value>& work)
{
    Value* coarse = coarse_.clear();
    problem_.sweep(z.data(), [&](const Pass<Value>& p) {
        const Value *b = r + p.first, *x = z.data() + p.first;
        Value* left = work.data() + p.first;
        for (std::int32_t i = 0; i < p.count; ++i) left[i] = b[i] - p.diagonal[i] * x[i] + p.sums[i];
        if (p.scale != nullptr)
            for (std::int32_t i = 0; i < p.count; ++i) left[i] *= p.scale[i];
        Value* sums = coarse + fine_.first_node[static_cast<std::size_t>(p.brick)];
        const std::uint16_t* aggregate = fine_.of_pore.data() + p.first;
        for (std::int32_t i = 0; i < p.count; ++i) sums[aggregate[i]] += left[i];
    });
}

template <class Problem>
void Multigrid<Problem>::add_correction(std::vector<Value>& z, const Value* correction)
{
    problem_.for_each_brick([&](const Pass<Value>& p) {
        Value* x = z.data() + p.first;
        const Value* of_brick = correction + fine_.first_node[static_cast<std::size_t>(p.brick)];
        const std::uint16_t* aggregate = fine_.of_pore.data() + p.first;
        if (p.scale == nullptr)
            for (std::int32_t i = 0; i < p.count; ++i) x[i] += options_.over_correction * of_brick[aggregate[i]];
        else
            for (std::int32_t i = 0; i < p.count; ++i)
                x[i] += options_.over_correction * p.scale[i] * of_brick[aggregate[i]];
    });
}

} // namespace lapilli::solve
