// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <cstdint>

namespace lapilli::sum {

/// A sum of doubles without rounding: fixed point over 2^-192 ... 2^127 in 32-bit limbs held in 64-bit integers, so that up
/// to 2^31 summands need no carry. Integer addition has no order: the value does not depend on how the summands were grouped
/// or on which rank added them. Bits of a summand below 2^-192 are cut off, of each summand alone. (A small superaccumulator
/// after Kulisch.)
class ExactSum {
public:
    static constexpr int limbs = 10;

    void add(double summand);
    /// The sum, rounded once. NaN if a summand was not finite or above 2^120.
    double value() const;

    /// The integers to be added over ranks; the last counts summands that could not be represented.
    std::array<std::int64_t, limbs + 1> words{};
};

} // namespace lapilli::sum
