// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "synthetic/threshold.hpp"

#include "synthetic/labels.hpp"

namespace lapilli::synthetic {

KeyCounts count_high(std::span<const float> values)
{
    KeyCounts counts(key_bins, 0);
    for (const float value : values) ++counts[ordered_key(value) >> 16];
    return counts;
}

KeyCounts count_low(std::span<const float> values, std::uint32_t high)
{
    KeyCounts counts(key_bins, 0);
    for (const float value : values)
        if (const auto key = ordered_key(value); key >> 16 == high) ++counts[key & 0xffff];
    return counts;
}

Bin bin_of_nth(std::span<const std::int64_t> counts, std::int64_t n)
{
    Bin bin;
    const std::uint32_t last = counts.size() - 1;
    while (bin.index < last && bin.below + counts[bin.index] < n) bin.below += counts[bin.index++];
    return bin;
}

void split_at(std::span<const float> values, std::uint32_t key, std::int64_t ties, std::span<std::uint8_t> labels)
{
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto own = ordered_key(values[i]);
        const bool low = own < key || (own == key && ties > 0);
        if (own == key) --ties;
        labels[i] = low ? pore : solid;
    }
}

} // namespace lapilli::synthetic
