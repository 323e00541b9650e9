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

bool walls_have_steps(const PoreSpace& pores)
{
    // 1. which neighbours of each pore are pores, of ghosts too
    auto field = pores.make_field<std::int32_t>();
    std::fill(field.begin(), field.end(), is_pore);
    auto bits = field;
    look_around(pores, field, [&](std::int32_t pore, const std::array<std::int32_t, 6>& around) {
        for (unsigned f = 0; f < 6; ++f)
            if (around[f] != 0) bits[static_cast<std::size_t>(pore)] |= 1 << f;
    });
    const auto ghosts =
        pores.halo().ghosts_of<std::int32_t>([&](std::int32_t i) { return bits[static_cast<std::size_t>(i)]; });
    std::copy(ghosts.begin(), ghosts.end(), bits.begin() + pores.pores());

    // 2. a neighbour that has none where the pore has one
    bool found = false;
    look_around(pores, bits, [&](std::int32_t pore, const std::array<std::int32_t, 6>& around) {
        const std::int32_t mine = bits[static_cast<std::size_t>(pore)];
        for (unsigned f = 0; f < 6; ++f) {
            const std::int32_t across = 0x3f & ~(3 << (f & ~1U));
            if (around[f] != 0 && (mine & across & ~around[f]) != 0) found = true;
        }
    });
    return pores.comm().any(found);
}

} // namespace lapilli::image
