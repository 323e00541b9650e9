// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "brick/tile.hpp"

#include <array>

namespace lapilli::brick {

void unpack_ones(const Brick& brick, std::span<const Brick> bricks, Tile<float>& tile)
{
    static const auto ones = [] {
        std::array<float, rows * edge + 2 * field_padding> values{};
        values.fill(1.0F);
        return values;
    }();
    // a brick and its neighbours, renumbered so that every row starts at the first of the ones
    const auto at_zero = [](Brick b) {
        b.first = 0;
        return b;
    };
    std::array<Brick, faces + 1> around{};
    Brick centre = at_zero(brick);
    for (int face = 0; face < faces; ++face)
        if (const auto n = brick.neighbour[face]; n >= 0) {
            around[face] = at_zero(bricks[n]);
            centre.neighbour[face] = face;
        }
    unpack(centre, std::span<const Brick>(around), ones.data(), tile);
}

} // namespace lapilli::brick
