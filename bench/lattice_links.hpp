// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"
#include "image/pore_space.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace lapilli::bench {

/// The velocities of D3Q19: rest, then nine pairs, a velocity and its opposite.
struct D3Q19 {
    static constexpr int directions = 19;
    static constexpr int pairs = 9;
    /// Of the first of each pair: along x, y, z.
    static constexpr std::array<std::array<int, 3>, pairs> velocity{
        {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 1, 0}, {1, -1, 0}, {1, 0, 1}, {1, 0, -1}, {0, 1, 1}, {0, 1, -1}}};
    static constexpr float weight_at_rest = 1.0F / 3;
    static constexpr float weight(int pair) { return pair < 3 ? 1.0F / 18 : 1.0F / 36; }
    static constexpr int first_of(int pair) { return 1 + 2 * pair; }
    static constexpr int opposite(int direction) { return direction == 0 ? 0 : ((direction - 1) ^ 1) + 1; }
    static constexpr int along(int direction, int axis)
    {
        if (direction == 0) return 0;
        const int c = velocity[static_cast<std::size_t>((direction - 1) / 2)][static_cast<std::size_t>(axis)];
        return direction % 2 == 1 ? c : -c;
    }
};

/// Where the populations of every pore come from in the odd steps of the AA pattern (Bailey et al. 2009), in one array of
/// (19, stride) populations with the ghosts behind them: the address of the population that arrives in direction i is also
/// that to which the one that leaves against i goes, and no other pore has it.
struct LatticeLinks {
    /// A population that leaves through an inlet or outlet plane comes back with the other sign.
    struct End {
        std::int32_t pore = 0;
        std::int32_t direction = 0; ///< in which it comes back
    };

    std::int32_t pores = 0;
    std::int32_t stride = 0;                                            ///< pores, rounded up to whole blocks
    std::array<std::vector<std::int32_t>, D3Q19::directions> address{}; ///< of each direction (at rest: none), by pore
    std::vector<End> ends;                                              ///< ascending in pores
    std::vector<std::int64_t> ghost_numbers; ///< ascending: global pore * 19 + direction in whose place it stands
    std::vector<std::int64_t> first_pore;    ///< of each rank, and the end
};

/// No slip halfway to solid voxels and to the sides of the image, p = 0 halfway beyond the outer layers of the axis, where a
/// plane of mirrors is solid where the layer is. Every rank learns the masks of all bricks. Collective.
LatticeLinks make_links(const image::PoreSpace& pores, Axis axis, std::int32_t block);

} // namespace lapilli::bench
