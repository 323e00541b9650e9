// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/brick.hpp"

#include <array>
#include <cstdint>
#include <span>

namespace lapilli::brick {

/// Which voxels of a brick have a pore beyond each of their faces, a row of bits at a time: what a tile of ones shows.
class Beyond {
public:
    Beyond(const Brick& brick, std::span<const Brick> bricks) : brick_(brick)
    {
        for (int face = 0; face < faces; ++face)
            if (const auto n = brick.neighbour[face]; n >= 0) next_[face] = &bricks[n];
    }

    /// Bits of row r: the voxel beyond `face` is a pore. Of solid voxels, too.
    unsigned operator()(int face, int r) const
    {
        const int y = r % edge, z = r / edge;
        const auto& own = brick_.mask.row;
        switch (face) {
        case x_lower:
            return 0xffffU & (own[r] << 1U | outer(x_lower, r) >> outermost(x_lower));
        case x_upper:
            return own[r] >> 1U | (outer(x_upper, r) & 1U) << (brick_.extent[0] - 1);
        case y_lower:
            return y > 0 ? own[r - 1] : outer(y_lower, z * edge + outermost(y_lower));
        case y_upper:
            return y + 1 < brick_.extent[1] ? own[r + 1] : outer(y_upper, z * edge);
        case z_lower:
            return z > 0 ? own[r - edge] : outer(z_lower, outermost(z_lower) * edge + y);
        default:
            return z + 1 < brick_.extent[2] ? own[r + edge] : outer(z_upper, y);
        }
    }

private:
    unsigned outer(int face, int r) const { return next_[face] == nullptr ? 0U : next_[face]->mask.row[r]; }
    /// Of the brick beyond a lower face, its layer that touches this one.
    int outermost(int face) const { return next_[face] == nullptr ? 0 : next_[face]->outermost(face + 1); }

    const Brick& brick_;
    std::array<const Brick*, faces> next_{};
};

} // namespace lapilli::brick
