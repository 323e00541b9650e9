// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace lapilli::morphology {

/// Sorts by `level`, largest first; equal ones keep their order. Counts bytes of what is lacking to the largest level,
/// lowest byte first: a pass over few items for every factor of 256 between the levels.
/// @param scratch  kept by the caller, so that nothing is allocated again and again
template <class Item>
void sort_descending(std::vector<Item>& items, std::vector<Item>& scratch)
{
    if (items.size() < 2) return;
    const auto [low, high] =
        std::minmax_element(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.level < b.level; });
    const std::uint32_t top = high->level;
    const std::uint32_t range = top - low->level;
    for (unsigned shift = 0; shift < 32 && range >> shift != 0; shift += 8) {
        const auto digit = [&](const Item& item) -> std::size_t { return (top - item.level) >> shift & 0xffU; };
        std::array<std::uint32_t, 257> next{};
        for (const Item& item : items) ++next[digit(item) + 1];
        const std::size_t digits = std::min<std::size_t>(256, (range >> shift) + std::size_t{1});
        for (std::size_t d = 1; d < digits; ++d) next[d] += next[d - 1];
        scratch.resize(items.size());
        for (const Item& item : items) scratch[next[digit(item)]++] = item;
        std::swap(items, scratch);
    }
}

} // namespace lapilli::morphology
