// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/stokes.hpp"

namespace lapilli::solve {

void StokesProblem::residual(const Double4* base, Float4* correction, Float4* r) const
{
    std::vector<Double4> buffer(grid_.buffer_size());
    const auto sweep = [&](const auto* x) {
        for (std::int32_t b = 0; b < grid_.bricks(); ++b)
            grid_.sweep_brick(b, x, buffer, [&](const StaggeredGrid::Block<Double4>& block) {
                for (std::int32_t i = 0; i < block.count; ++i)
                    r[block.first + i] = narrow(widen(drive(block.first + i)) - row(block, i));
            });
    };
    if (base == nullptr) {
        grid_.start_exchange(correction);
        grid_.finish_exchange(correction);
        sweep(correction);
        return;
    }
    auto x = grid_.make_field<Double4>();
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = base[i] + widen(correction[i]);
    grid_.exchange(x);
    sweep(x.data());
}

void StokesProblem::subtract_gradient(const Float4* r, Float4* p, Float4* rhs) const
{
    grid_.sweep(p, [&](const StaggeredGrid::Block<Float4>& block) {
        const std::uint16_t* around = block.around;
        for (std::int32_t i = 0; i < block.count; ++i, around += 6) {
            const float here = block.self[i][3];
            const Float4 below{block.cells[around[0]][3], block.cells[around[2]][3], block.cells[around[4]][3], here};
            Float4 left = r[block.first + i] - lower_weights(block.first + i) * (here - below);
            left[3] = 0;
            rhs[block.first + i] = left;
        }
    });
}

} // namespace lapilli::solve
