// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "sum/exact_sum.hpp"

#include <bit>
#include <cmath>
#include <limits>

namespace lapilli::sum {

namespace {

constexpr int lowest_exponent = -192; // weight of the lowest bit
constexpr std::int64_t base = std::int64_t{1} << 32;

} // namespace

void ExactSum::add(double summand)
{
    if (!(std::abs(summand) < 0x1p120)) {
        ++words[limbs];
        return;
    }
    // mantissa · 2^shift in units of the lowest bit; zero and what is not normal is far below it
    constexpr int fraction_bits = 52, bias = 1023;
    const auto bits = std::bit_cast<std::uint64_t>(summand);
    const int exponent = bits >> fraction_bits & 0x7ffU;
    int shift = exponent - bias - fraction_bits - lowest_exponent;
    if (shift <= -64) return;
    std::uint64_t mantissa = (bits & ((std::uint64_t{1} << fraction_bits) - 1)) | std::uint64_t{1} << fraction_bits;
    if (shift < 0) {
        mantissa >>= -shift;
        shift = 0;
    }
    const std::size_t limb = shift / 32;
    const int offset = shift % 32;
    const std::uint64_t low = mantissa << offset;
    const std::int64_t lowest = low & 0xffffffffU, middle = low >> 32;
    const std::int64_t highest = offset == 0 ? 0 : mantissa >> (64 - offset);
    const int sign = summand < 0 ? -1 : 1;
    words[limb] += sign * lowest;
    words[limb + 1] += sign * middle;
    words[limb + 2] += sign * highest;
}

double ExactSum::value() const
{
    if (words[limbs] != 0) return std::numeric_limits<double>::quiet_NaN();
    // carry, so that every limb but the highest lies in [-2^31, 2^31): then the limbs from the top add up without
    // cancellation
    std::array<std::int64_t, limbs> digits{};
    std::int64_t carry = 0;
    for (std::size_t i = 0; i < limbs; ++i) {
        const std::int64_t total = words[i] + carry;
        carry = (total + base / 2) >> 32;
        digits[i] = i + 1 < limbs ? total - carry * base : total;
    }
    double result = 0;
    for (int i = limbs - 1; i >= 0; --i) result += std::ldexp(digits[i], lowest_exponent + 32 * i);
    return result;
}

} // namespace lapilli::sum
