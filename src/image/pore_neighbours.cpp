// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/pore_neighbours.hpp"

#include "brick/beyond.hpp"
#include "brick/lanes.hpp"
#include "brick/row_bytes.hpp"

#include <algorithm>

namespace lapilli::image {

std::vector<std::uint8_t> pore_neighbours(const PoreSpace& pores)
{
    auto bits = pores.make_field<std::uint8_t>();
    for (const auto& b : pores.owned_bricks()) {
        const brick::Beyond beyond(b, pores.bricks());
        for (int r = 0; r < brick::rows; ++r) {
            if (b.mask.row[r] == 0) continue;
            brick::RowBytes found = brick::RowBytes{} + is_pore;
            for (int face = 0; face < brick::faces; ++face) found |= brick::spread(beyond(face, r)) & brick::with_bit(face);
            brick::compress_row(b.mask.row[r], reinterpret_cast<const std::uint8_t*>(&found), &bits[b.first + b.start[r]]);
        }
    }
    const auto ghosts = pores.halo().ghosts_of<std::uint8_t>([&](std::int32_t i) { return bits[i]; });
    std::copy(ghosts.begin(), ghosts.end(), bits.begin() + pores.pores());
    return bits;
}

} // namespace lapilli::image
