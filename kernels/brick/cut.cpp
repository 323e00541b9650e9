// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "brick/cut.hpp"

#include <bit>
#include <cstring>

namespace lapilli::brick {

std::uint16_t row_bits(const std::uint8_t* row, std::int64_t voxels)
{
    if (voxels < edge || std::endian::native != std::endian::little) {
        unsigned bits = 0;
        for (std::int64_t x = 0; x < std::min<std::int64_t>(voxels, edge); ++x) bits |= (row[x] != 0 ? 1U : 0U) << x;
        return bits;
    }
    // eight voxels at a time: the top bit of each byte says that it is not zero; the product gathers these bits in the top
    // byte
    const auto eight = [&](const std::uint8_t* bytes) {
        std::uint64_t v = 0;
        std::memcpy(&v, bytes, sizeof v);
        constexpr std::uint64_t low = 0x7f7f7f7f7f7f7f7fULL;
        const std::uint64_t set = (((v & low) + low) | v) >> 7 & 0x0101010101010101ULL;
        return set * 0x0102040810204080ULL >> 56;
    };
    return eight(row) | eight(row + 8) << 8U;
}

} // namespace lapilli::brick
