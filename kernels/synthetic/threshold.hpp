// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace lapilli::synthetic {

/// The n lowest of many floats, found with integer counts only, which add up the same over any number of ranks: first by the
/// high, then by the low 16 bits of keys that are ordered like the floats. Finite values.
constexpr std::uint32_t ordered_key(float value)
{
    const auto bits = std::bit_cast<std::uint32_t>(value);
    return (bits & 0x80000000U) != 0 ? ~bits : bits | 0x80000000U;
}

inline constexpr std::size_t key_bins = std::size_t{1} << 16;
using KeyCounts = std::vector<std::int64_t>; ///< key_bins of them

/// Values by the high half of their key.
KeyCounts count_high(std::span<const float> values);
/// Values with that high half by the low half of their key.
KeyCounts count_low(std::span<const float> values, std::uint32_t high);

/// The bin with the n-th lowest value, and how many of the n are in lower bins; the last bin when there are fewer than n.
struct Bin {
    std::uint32_t index = 0;
    std::int64_t below = 0;
};
Bin bin_of_nth(std::span<const std::int64_t> counts, std::int64_t n);

/// Values below the key become pores, and so do the first `ties` of those that have it; all others become solid.
void split_at(std::span<const float> values, std::uint32_t key, std::int64_t ties, std::span<std::uint8_t> labels);

} // namespace lapilli::synthetic
