// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/wall_steps.hpp"

#include "brick/tile.hpp"

#include <algorithm>
#include <array>

namespace lapilli::image {

namespace {

using Tile = brick::Tile<std::int32_t>;
constexpr std::array<int, 6> steps{-1, 1, -Tile::row_stride, Tile::row_stride, -Tile::plane_stride, Tile::plane_stride};
constexpr std::int32_t is_pore = 1 << 6;

/// Calls visit(pore, the six around it in the field) for every owned pore; 0 is solid.
template <class Visit>
void look_around(const PoreSpace& pores, const std::vector<std::int32_t>& field, Visit&& visit)
{
    Tile tile;
    for (const auto& b : pores.owned_bricks()) {
        brick::unpack(b, pores.bricks(), field.data(), tile);
        brick::for_each_pore(b, [&](int row, int x, int pore) {
            const std::int32_t* here = tile.row(row % brick::edge, row / brick::edge) + x;
            std::array<std::int32_t, 6> around{};
            for (std::size_t f = 0; f < 6; ++f) around[f] = here[steps[f]];
            visit(b.first + pore, around);
        });
    }
}

} // namespace

Walls walls_of(const PoreSpace& pores)
{
    // 1. which neighbours of each pore are pores, of ghosts too
    auto field = pores.make_field<std::int32_t>();
    std::fill(field.begin(), field.end(), is_pore);
    auto bits = field;
    const auto normal = normal_of_plane(pores.shape());
    std::int64_t narrow = 0;
    look_around(pores, field, [&](std::int32_t pore, const std::array<std::int32_t, 6>& around) {
        bool between_walls = false;
        for (unsigned f = 0; f < 6; ++f) {
            if (around[f] != 0) bits[pore] |= 1 << f;
            if (f % 2 == 0 && around[f] == 0 && around[f + 1] == 0 && static_cast<Axis>(f / 2) != normal)
                between_walls = true;
        }
        narrow += between_walls ? 1 : 0;
    });
    const auto ghosts = pores.halo().ghosts_of<std::int32_t>([&](std::int32_t i) { return bits[i]; });
    std::copy(ghosts.begin(), ghosts.end(), bits.begin() + pores.pores());

    // 2. a neighbour that has none where the pore has one
    bool steps = false;
    look_around(pores, bits, [&](std::int32_t pore, const std::array<std::int32_t, 6>& around) {
        const std::int32_t mine = bits[pore];
        for (unsigned f = 0; f < 6; ++f) {
            const std::int32_t across = 0x3f & ~(3 << (f & ~1U));
            if (around[f] != 0 && (mine & across & ~around[f]) != 0) steps = true;
        }
    });
    const auto all = static_cast<double>(std::max<std::int64_t>(pores.total_pores(), 1));
    return {pores.comm().any(steps), static_cast<double>(pores.comm().sum(narrow)) / all};
}

} // namespace lapilli::image
