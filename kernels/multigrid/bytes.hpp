// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/float4.hpp"

#include <array>
#include <bit>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

namespace lapilli::multigrid {

/// Four small numbers as floats. g++ 12 takes __builtin_convertvector from bytes apart, lane by lane.
inline Float4 to_floats(std::array<std::uint8_t, 4> bytes)
{
#if defined(__AVX2__)
    return _mm_cvtepi32_ps(_mm_cvtepu8_epi32(_mm_cvtsi32_si128(std::bit_cast<std::int32_t>(bytes))));
#else
    return Float4{static_cast<float>(bytes[0]), static_cast<float>(bytes[1]), static_cast<float>(bytes[2]),
                  static_cast<float>(bytes[3])};
#endif
}

} // namespace lapilli::multigrid
