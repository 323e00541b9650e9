// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cmath>
#include <cstdint>

#if defined(__SSE__)
#include <xmmintrin.h>
#endif

namespace lapilli {

/// Four fields of a cell side by side, so that one load of a neighbour serves all: in flow the velocities on its lower x, y
/// and z faces and its pressure. Arithmetic is lane by lane.
using Float4 = float __attribute__((vector_size(16)));
using Double4 = double __attribute__((vector_size(32)));
using Int4 = std::int32_t __attribute__((vector_size(16)));

inline Double4 widen(Float4 v) { return __builtin_convertvector(v, Double4); }
constexpr double widen(float v) { return v; }
inline Float4 narrow(Double4 v) { return __builtin_convertvector(v, Float4); }
constexpr float narrow(double v) { return static_cast<float>(v); }

namespace detail {
template <class Value>
struct Wide {
    using type = double;
};
template <>
struct Wide<Float4> {
    using type = Double4;
};
} // namespace detail

/// What values of this type are summed in: double, lane by lane.
template <class Value>
using Wide = typename detail::Wide<Value>::type;

/// The numbers of values that follow each other: loops over them fill whole registers, which those over Float4 do not.
inline const float* numbers(const float* values) { return values; }
inline const float* numbers(const Float4* values) { return reinterpret_cast<const float*>(values); }
inline float* numbers(float* values) { return values; }
inline float* numbers(Float4* values) { return reinterpret_cast<float*>(values); }
template <class Value>
inline constexpr int numbers_of_value = sizeof(Value) / sizeof(float);

/// 1/v where v > 0, else 0.
inline float inverse_or_zero(float v) { return v > 0 ? 1 / v : 0.0F; }
inline Float4 inverse_or_zero(Float4 v)
{
    const Int4 positive = v > Float4{};
    const Float4 one{1, 1, 1, 1};
    const Float4 inverse = one / (positive ? v : one);
    return positive ? inverse : Float4{};
}

inline Float4 square_root(Float4 v)
{
#if defined(__SSE__)
    return _mm_sqrt_ps(v);
#else
    return Float4{std::sqrt(v[0]), std::sqrt(v[1]), std::sqrt(v[2]), std::sqrt(v[3])};
#endif
}

inline double sum_of_lanes(double v) { return v; }
inline double sum_of_lanes(Double4 v) { return (v[0] + v[1]) + (v[2] + v[3]); }

} // namespace lapilli
