// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// The finest level of the cycle (templates of multigrid.hpp).
#pragma once

#include "multigrid/chebyshev.hpp"
#include "solve/multigrid.hpp"

#include <utility>

namespace lapilli::solve {

template <class Visit>
void Multigrid::cycle(const float* r, std::vector<float>& z, std::vector<float>& work, Visit&& visit)
{
    using multigrid::Chebyshev;
    using Pass = LaplaceProblem::Pass;

    // 1. second smoothing step: the first, from zero, is in z
    problem_.sweep(z.data(), [&](const Pass& p) {
        const float *b = r + p.first, *x = z.data() + p.first;
        float* y = work.data() + p.first;
        for (std::int32_t i = 0; i < p.pores; ++i)
            y[i] = x[i] + Chebyshev::momentum * x[i] +
                   Chebyshev::second * ((b[i] - p.diagonal[i] * x[i] + p.sums[i]) / p.diagonal[i]);
    });
    z.swap(work);

    // 2. what is left over goes to the coarse levels, two visits of them make the W, and their correction comes back
    start_sums(levels_.front());
    float* coarse = levels_.front().b.data() + levels_.front().first_mine;
    problem_.sweep(z.data(), [&](const Pass& p) {
        const float *b = r + p.first, *x = z.data() + p.first;
        float* left = work.data() + p.first;
        for (std::int32_t i = 0; i < p.pores; ++i) left[i] = b[i] - p.diagonal[i] * x[i] + p.sums[i];
        float* sums = coarse + fine_.first_node[static_cast<std::size_t>(p.brick)];
        const std::uint16_t* aggregate = fine_.of_pore.data() + p.first;
        for (std::int32_t i = 0; i < p.pores; ++i) sums[aggregate[i]] += left[i];
    });
    finish_sums(levels_.front());
    visit_coarse();
    const float* correction = levels_.front().x.data() + levels_.front().first_mine;
    problem_.for_each_brick([&](const Pass& p) {
        float* x = z.data() + p.first;
        const float* of_brick = correction + fine_.first_node[static_cast<std::size_t>(p.brick)];
        const std::uint16_t* aggregate = fine_.of_pore.data() + p.first;
        for (std::int32_t i = 0; i < p.pores; ++i) x[i] += options_.over_correction * of_brick[aggregate[i]];
    });

    // 3. two smoothing steps
    problem_.sweep(z.data(), [&](const Pass& p) {
        const float *b = r + p.first, *x = z.data() + p.first;
        float* y = work.data() + p.first;
        for (std::int32_t i = 0; i < p.pores; ++i)
            y[i] = x[i] + Chebyshev::first * ((b[i] - p.diagonal[i] * x[i] + p.sums[i]) / p.diagonal[i]);
    });
    z.swap(work);
    problem_.sweep(z.data(), [&](const Pass& p) {
        const float *b = r + p.first, *x = z.data() + p.first;
        float* y = work.data() + p.first;
        for (std::int32_t i = 0; i < p.pores; ++i)
            y[i] = x[i] + Chebyshev::momentum * (x[i] - y[i]) +
                   Chebyshev::second * ((b[i] - p.diagonal[i] * x[i] + p.sums[i]) / p.diagonal[i]);
        visit(p, b, y);
    });
    z.swap(work);
}

} // namespace lapilli::solve
