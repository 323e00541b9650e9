// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/stokes.hpp"

namespace lapilli::solve {

void StokesProblem::residual(const Double4* base, Float4* correction, Float4* r) const
{
    std::vector<Double4> buffer(grid_.buffer_size());
    const auto sweep = [&](const auto& load) {
        for (std::int32_t b = 0; b < grid_.bricks(); ++b)
            grid_.sweep_brick(b, load, buffer, [&](const StaggeredGrid::Block<Double4>& block) {
                for (std::int32_t i = 0; i < block.count; ++i)
                    r[block.first + i] = narrow(widen(drive(block.first + i)) - row(block, i));
            });
    };
    if (base == nullptr) {
        grid_.start_exchange(correction);
        grid_.finish_exchange(correction);
        sweep([&](std::int32_t at) { return widen(correction[at]); });
        return;
    }
    auto x = grid_.make_field<Double4>();
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = base[i] + widen(correction[i]);
    grid_.exchange(x);
    sweep([&](std::int32_t at) { return x[static_cast<std::size_t>(at)]; });
}

} // namespace lapilli::solve
