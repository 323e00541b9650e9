// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/wall_steps.hpp"

#include "brick/tile.hpp"
#include "image/pore_neighbours.hpp"

#include <algorithm>
#include <array>

namespace lapilli::image {

namespace {

using Tile = brick::Tile<std::uint8_t>;
constexpr std::array<int, 6> steps{-1, 1, -Tile::row_stride, Tile::row_stride, -Tile::plane_stride, Tile::plane_stride};

/// For every set of neighbours whether both are missing along an axis, but across a plane.
std::array<bool, is_pore> between_walls(std::optional<Axis> normal)
{
    std::array<bool, is_pore> between{};
    for (unsigned bits = 0; bits < is_pore; ++bits)
        for (const Axis axis : all_axes)
            if (axis != normal && (bits >> 2 * index(axis) & 3U) == 0) between[bits] = true;
    return between;
}

/// Whether some neighbour of the pore has none where the pore has one.
bool steps_beside(const std::uint8_t* pore)
{
    for (unsigned f = 0; f < 6; ++f) {
        const unsigned across = 0x3f & ~(3 << (f & ~1U)), there = pore[steps[f]];
        if (there != 0 && (*pore & across & ~there) != 0) return true;
    }
    return false;
}

/// Whether solid juts out somewhere on this rank.
bool has_steps(const PoreSpace& pores, const std::vector<std::uint8_t>& neighbours)
{
    Tile tile;
    return std::any_of(pores.owned_bricks().begin(), pores.owned_bricks().end(), [&](const brick::Brick& b) {
        brick::unpack(b, pores.bricks(), neighbours.data(), tile);
        bool found = false;
        brick::for_each_pore(b, [&](int row, int x, int) {
            found = found || steps_beside(tile.row(row % brick::edge, row / brick::edge) + x);
        });
        return found;
    });
}

} // namespace

Walls walls_of(const PoreSpace& pores)
{
    const auto neighbours = pore_neighbours(pores);
    const auto between = between_walls(normal_of_plane(pores.shape()));
    const std::int64_t narrow = std::count_if(neighbours.begin(), neighbours.begin() + pores.pores(),
                                              [&](unsigned bits) { return between[bits % is_pore]; });
    const double all = std::max<std::int64_t>(pores.total_pores(), 1);
    return {pores.comm().any(has_steps(pores, neighbours)), pores.comm().sum(narrow) / all};
}

} // namespace lapilli::image
