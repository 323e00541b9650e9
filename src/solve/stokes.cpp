// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/stokes.hpp"

namespace lapilli::solve {

void StokesProblem::residual(std::vector<Double4>* base, Float4* correction, Float4* r) const
{
    std::vector<Double4> buffer(grid_.buffer_size());
    const auto sweep = [&](const auto& load) {
        for (std::int32_t b = 0; b < grid_.bricks(); ++b)
            grid_.sweep_brick(b, load, buffer, [&](const StaggeredGrid::Block<Double4>& block) {
                const Rows<Double4> rows(*this, block);
                for (std::int32_t i = 0; i < block.count; ++i)
                    r[block.first + i] = narrow(widen(drive(block.first + i)) - rows(i));
            });
    };
    grid_.start_exchange(correction);
    grid_.finish_exchange(correction);
    if (base == nullptr) return sweep([&](std::int32_t at) { return widen(correction[at]); });
    grid_.exchange(*base);
    sweep([&](std::int32_t at) { return (*base)[at] + widen(correction[at]); });
}

} // namespace lapilli::solve
