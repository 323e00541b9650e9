// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/brick.hpp"

#include <cstdint>
#include <cstring>

namespace lapilli::brick {

/// A byte for each of the 16 voxels of a row. Arithmetic is lane by lane.
using RowBytes = std::uint8_t __attribute__((vector_size(edge)));

/// A byte in which one bit is set.
constexpr std::uint8_t with_bit(unsigned place) { return 1U << place; }

inline RowBytes load_row(const std::uint8_t* from)
{
    RowBytes row;
    std::memcpy(&row, from, sizeof row);
    return row;
}

/// 0xff where a byte is zero, else 0; and the other way round.
inline RowBytes where_zero(RowBytes row) { return reinterpret_cast<RowBytes>(row == RowBytes{}); }
inline RowBytes where_set(RowBytes row) { return reinterpret_cast<RowBytes>(row != RowBytes{}); }

/// 0xff where the bit of a voxel is set, else 0.
inline RowBytes spread(std::uint16_t bits)
{
    using Halves = std::uint64_t __attribute__((vector_size(edge)));
    constexpr std::uint64_t copies = 0x0101010101010101;
    constexpr RowBytes bit_of{1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    return where_set(reinterpret_cast<RowBytes>(Halves{(bits & 0xffU) * copies, (bits >> 8U) * copies}) & bit_of);
}

} // namespace lapilli::brick
