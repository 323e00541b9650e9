// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#if defined(__AVX2__)
#include "brick/lanes_avx2.hpp"
#define LAPILLI_VECTOR_ROWS
#elif defined(__aarch64__)
#include "brick/lanes_neon.hpp"
#define LAPILLI_VECTOR_ROWS
#endif

namespace lapilli::brick {

/// Packed pores of one row to its 16 voxels: lanes of `bits` take consecutive values, the others zero.
/// Reads up to 16 values beyond `packed`: fields are padded by field_padding.
template <class From, class To>
inline void expand_row(std::uint16_t bits, const From* packed, To* row)
{
    for (int x = 0; x < 16; ++x) row[x] = To{};
    for (unsigned b = bits; b != 0; b &= b - 1) row[std::countr_zero(b)] = *packed++;
}

/// The voxels of a row named by `bits`, packed. Writes up to 16 values beyond the last one.
template <class Real>
inline void compress_row(std::uint16_t bits, const Real* row, Real* packed)
{
    for (unsigned b = bits; b != 0; b &= b - 1) *packed++ = row[std::countr_zero(b)];
}

inline constexpr int field_padding = 16;

/// Bit r: whether row r of 64 has bit x.
inline std::uint64_t rows_with(const std::uint16_t* row, int x)
{
#if defined(LAPILLI_VECTOR_ROWS)
    return detail::rows_with(row, x);
#else
    std::uint64_t found = 0;
    for (int r = 0; r < 64; ++r) found |= std::uint64_t{row[r] >> x & 1U} << r;
    return found;
#endif
}

/// Calls visit(r) for the rows that have bit x, in ascending order.
template <std::size_t count, class Visit>
void for_each_row_with(const std::array<std::uint16_t, count>& row, int x, Visit&& visit)
{
    static_assert(count % 64 == 0);
    for (std::size_t first = 0; first < count; first += 64)
        for (auto bits = rows_with(row.data() + first, x); bits != 0; bits &= bits - 1)
            visit(static_cast<int>(first) + std::countr_zero(bits));
}

#if defined(LAPILLI_VECTOR_ROWS)

template <>
inline void expand_row<float, float>(std::uint16_t bits, const float* packed, float* row)
{
    detail::expand_floats(bits, packed, row);
}

template <>
inline void expand_row<std::int32_t, std::int32_t>(std::uint16_t bits, const std::int32_t* packed, std::int32_t* row)
{
    expand_row(bits, reinterpret_cast<const float*>(packed), reinterpret_cast<float*>(row)); // moves lanes, does not compute
}

template <>
inline void compress_row<float>(std::uint16_t bits, const float* row, float* packed)
{
    detail::compress_floats(bits, row, packed);
}

#undef LAPILLI_VECTOR_ROWS
#endif

} // namespace lapilli::brick
