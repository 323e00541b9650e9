// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/brick_layers.hpp"

#include "brick/cut.hpp"
#include "brick/morton.hpp"

#include <algorithm>
#include <bit>

namespace lapilli::image {

void add_layer(const Shape& shape, std::int64_t first_plane, std::span<const std::uint8_t> phases, bool keep_phases,
               BrickSet& bricks)
{
    const std::int64_t planes = std::min<std::int64_t>(brick::edge, shape.nz - first_plane);
    brick::cut_layer(phases, planes, shape.ny, shape.nx, [&](std::int64_t bx, std::int64_t by, const brick::Mask& mask) {
        bricks.codes.push_back(brick::morton({bx, by, first_plane / brick::edge}));
        bricks.masks.push_back(mask);
        if (!keep_phases) return;
        for (int r = 0; r < brick::rows; ++r)
            for (unsigned bits = mask.row[r]; bits != 0; bits &= bits - 1) {
                const auto voxel =
                    (r / brick::edge * shape.ny + by * brick::edge + r % brick::edge) * shape.nx + bx * brick::edge;
                bricks.phases.push_back(phases[voxel + std::countr_zero(bits)]);
            }
    });
}

} // namespace lapilli::image
