// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Rows with the vector instructions of 64-bit ARM (lanes.hpp).
#pragma once

#include <arm_neon.h>
#include <array>
#include <cstdint>

namespace lapilli::brick::detail {

/// Of each set of four lanes.
struct QuarterTables {
    using Bytes = std::array<std::uint8_t, 16>;
    std::array<Bytes, 16> expand{};   ///< which byte of the packed values goes where; 0xff: none, zero
    std::array<Bytes, 16> compress{}; ///< the other way round
    Bytes count{};                    ///< lanes in the set
};

constexpr QuarterTables make_quarter_tables()
{
    QuarterTables tables;
    for (unsigned bits = 0; bits < 16; ++bits) {
        tables.expand[bits].fill(0xff);
        tables.compress[bits].fill(0xff);
        unsigned k = 0;
        for (unsigned lane = 0; lane < 4; ++lane) {
            if ((bits >> lane & 1U) == 0) continue;
            for (unsigned byte = 0; byte < 4; ++byte) {
                tables.expand[bits][4 * lane + byte] = 4 * k + byte;
                tables.compress[bits][4 * k + byte] = 4 * lane + byte;
            }
            ++k;
        }
        tables.count[bits] = k;
    }
    return tables;
}

inline constexpr QuarterTables quarter_tables = make_quarter_tables();

inline void move_bytes(const float* from, const QuarterTables::Bytes& which, float* to)
{
    const auto bytes = vreinterpretq_u8_f32(vld1q_f32(from));
    vst1q_f32(to, vreinterpretq_f32_u8(vqtbl1q_u8(bytes, vld1q_u8(which.data()))));
}

inline void expand_floats(std::uint16_t bits, const float* packed, float* row)
{
    for (unsigned x = 0; x < 16; x += 4) {
        const unsigned quarter = bits >> x & 15U;
        move_bytes(packed, quarter_tables.expand[quarter], row + x);
        packed += quarter_tables.count[quarter];
    }
}

inline void compress_floats(std::uint16_t bits, const float* row, float* packed)
{
    for (unsigned x = 0; x < 16; x += 4) {
        const unsigned quarter = bits >> x & 15U;
        move_bytes(row + x, quarter_tables.compress[quarter], packed);
        packed += quarter_tables.count[quarter];
    }
}

inline std::uint64_t rows_with(const std::uint16_t* row, int x)
{
    constexpr QuarterTables::Bytes places{1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const auto bit = vdupq_n_u16(static_cast<std::uint16_t>(1U << static_cast<unsigned>(x)));
    std::uint64_t found = 0;
    for (unsigned r = 0; r < 64; r += 16) {
        const auto have = [&](unsigned first) { return vmovn_u16(vtstq_u16(vld1q_u16(row + first), bit)); };
        const auto bits = vandq_u8(vcombine_u8(have(r), have(r + 8)), vld1q_u8(places.data()));
        const std::uint64_t sixteen = vaddv_u8(vget_low_u8(bits)) | unsigned{vaddv_u8(vget_high_u8(bits))} << 8U;
        found |= sixteen << r;
    }
    return found;
}

} // namespace lapilli::brick::detail
