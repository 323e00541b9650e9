// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/pore_neighbours.hpp"

#include "brick/beside.hpp"
#include "brick/lanes.hpp"
#include "brick/row_bytes.hpp"

#include <algorithm>

namespace lapilli::image {

namespace {

/// Neighbours inside the brick of the voxels of a row.
brick::RowBytes neighbours_inside(const brick::Mask& mask, int r)
{
    constexpr int edge = brick::edge;
    const int y = r % edge, z = r / edge;
    const auto pores = [&](bool inside, int row) -> std::uint16_t { return inside ? mask.row[row] : 0; };
    const unsigned own = mask.row[r];
    const std::array<std::uint16_t, brick::faces> beside{static_cast<std::uint16_t>(own << 1U),
                                                         static_cast<std::uint16_t>(own >> 1U),
                                                         pores(y > 0, r - 1),
                                                         pores(y + 1 < edge, r + 1),
                                                         pores(z > 0, r - edge),
                                                         pores(z + 1 < edge, r + edge)};
    brick::RowBytes found = brick::RowBytes{} + is_pore;
    for (int face = 0; face < brick::faces; ++face) found |= brick::spread(beside[face]) & std::uint8_t(1U << face);
    return found;
}

} // namespace

std::vector<std::uint8_t> pore_neighbours(const PoreSpace& pores)
{
    auto bits = pores.make_field<std::uint8_t>();
    for (const auto& b : pores.owned_bricks()) {
        for (int r = 0; r < brick::rows; ++r) {
            if (b.mask.row[r] == 0) continue;
            const auto found = neighbours_inside(b.mask, r);
            brick::compress_row(b.mask.row[r], reinterpret_cast<const std::uint8_t*>(&found), &bits[b.first + b.start[r]]);
        }
        brick::for_each_beside(b, pores.bricks(),
                               [&](int face, int r, int x, std::int32_t) { bits[b.index(r, x)] |= 1U << face; });
    }
    const auto ghosts = pores.halo().ghosts_of<std::uint8_t>([&](std::int32_t i) { return bits[i]; });
    std::copy(ghosts.begin(), ghosts.end(), bits.begin() + pores.pores());
    return bits;
}

} // namespace lapilli::image
