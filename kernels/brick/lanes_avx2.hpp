// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Rows with AVX2 (lanes.hpp).
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <immintrin.h>

namespace lapilli::brick::detail {

struct LaneTables {
    std::array<std::uint64_t, 256> expand{};   ///< byte i: which packed value goes to lane i; 0x80: none
    std::array<std::uint64_t, 256> compress{}; ///< byte k: which lane holds packed value k
};

constexpr LaneTables make_lane_tables()
{
    LaneTables tables;
    for (unsigned bits = 0; bits < 256; ++bits) {
        std::uint64_t expand = 0;
        std::uint64_t compress = 0;
        std::uint64_t k = 0;
        for (unsigned lane = 0; lane < 8; ++lane) {
            const bool set = (bits >> lane & 1U) != 0;
            expand |= (set ? k : 0x80U) << (8 * lane);
            if (set) compress |= std::uint64_t{lane} << (8 * k++);
        }
        tables.expand[bits] = expand;
        tables.compress[bits] = compress;
    }
    return tables;
}

inline constexpr LaneTables lane_tables = make_lane_tables();

inline __m256i lanes(std::uint64_t bytes) { return _mm256_cvtepi8_epi32(_mm_cvtsi64_si128(bytes)); }

inline void expand_half(unsigned bits, const float* packed, float* row)
{
    const __m256i lane = lanes(lane_tables.expand[bits]);
    const __m256 value = _mm256_permutevar8x32_ps(_mm256_loadu_ps(packed), lane);
    _mm256_storeu_ps(row, _mm256_blendv_ps(value, _mm256_setzero_ps(), _mm256_castsi256_ps(lane)));
}

inline void compress_half(unsigned bits, const float* row, float* packed)
{
    _mm256_storeu_ps(packed, _mm256_permutevar8x32_ps(_mm256_loadu_ps(row), lanes(lane_tables.compress[bits])));
}

inline void expand_floats(std::uint16_t bits, const float* packed, float* row)
{
    const unsigned low = bits & 0xffU;
    expand_half(low, packed, row);
    expand_half(bits >> 8U, packed + std::popcount(low), row + 8);
}

inline void compress_floats(std::uint16_t bits, const float* row, float* packed)
{
    const unsigned low = bits & 0xffU;
    compress_half(low, row, packed);
    compress_half(bits >> 8U, row + 8, packed + std::popcount(low));
}

inline std::uint64_t rows_with(const std::uint16_t* row, int x)
{
    std::uint64_t found = 0;
    const __m128i up = _mm_cvtsi32_si128(15 - x);
    const auto signs = [&](int r) { // bit x of sixteen rows in front
        return _mm256_sll_epi16(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(row + r)), up);
    };
    for (int r = 0; r < 64; r += 32) {
        constexpr int in_order = 0b11'01'10'00; // packing takes halves in turns
        const auto bytes = _mm256_permute4x64_epi64(_mm256_packs_epi16(signs(r), signs(r + 16)), in_order);
        found |= std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(bytes))} << r;
    }
    return found;
}

} // namespace lapilli::brick::detail
