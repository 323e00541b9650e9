// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "morphology/distance.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace lapilli::morphology {

namespace {

constexpr int columns = 16;

} // namespace

template <class Level>
int farthest(int weight)
{
    const auto steps = [&](std::int64_t n) { return weight * n * n; };
    auto n = static_cast<std::int64_t>(std::sqrt(1.0 * far_away<Level> / weight));
    while (steps(n) >= far_away<Level>) --n;
    return std::min<std::int64_t>(n, RowEnds::nowhere);
}

template <class Level>
int reach_of(Level level, int weight)
{
    std::int64_t n = static_cast<std::int64_t>(std::sqrt(1.0 * level / weight));
    while (weight * n * n < level) ++n;
    return std::min<std::int64_t>(n, farthest<Level>(weight));
}

template <class Level>
void row_distances(std::uint16_t pores, int extent, const RowEnds& ends, int weight, Level* to)
{
    const std::int64_t largest = farthest<Level>(weight);
    std::array<std::int64_t, columns> from_last{};
    std::int64_t last = ends.before;
    for (int x = 0; x < extent; ++x) {
        if ((pores >> x & 1) == 0) last = x;
        from_last[x] = x - last;
    }
    std::int64_t next = ends.after;
    for (int x = extent; x < columns; ++x) to[x] = 0;
    for (int x = extent - 1; x >= 0; --x) {
        if ((pores >> x & 1) == 0) next = x;
        const auto n = std::min(from_last[x], next - x);
        to[x] = n > largest ? far_away<Level> : weight * n * n;
    }
}

template <class Level>
void spread_across(const Level* from, int rows, int reach, int weight, Level* to, int stride)
{
    const unsigned step_weight = weight, last = reach;
    for (int i = 0; i < rows; ++i) {
        const Level* row = from + (i + reach) * columns;
        std::array<Level, columns> best;
        std::copy(row, row + columns, best.begin());
        for (unsigned k = 1; k <= last; ++k) {
            const Level step = step_weight * k * k;
            const Level *below = row - k * columns, *above = row + k * columns;
            Level open = 0; // columns for which something closer may come
            for (int c = 0; c < columns; ++c) {
                const Level room = std::max(best[c], step) - step, other = std::min(below[c], above[c]);
                open |= room;
                best[c] = other < room ? other + step : best[c];
            }
            if (open == 0) break;
        }
        std::copy(best.begin(), best.end(), to + i * stride);
    }
}

template int farthest<std::uint16_t>(int);
template int farthest<std::uint32_t>(int);
template int reach_of<std::uint16_t>(std::uint16_t, int);
template int reach_of<std::uint32_t>(std::uint32_t, int);
template void row_distances<std::uint16_t>(std::uint16_t, int, const RowEnds&, int, std::uint16_t*);
template void row_distances<std::uint32_t>(std::uint16_t, int, const RowEnds&, int, std::uint32_t*);
template void spread_across<std::uint16_t>(const std::uint16_t*, int, int, int, std::uint16_t*, int);
template void spread_across<std::uint32_t>(const std::uint32_t*, int, int, int, std::uint32_t*, int);

} // namespace lapilli::morphology
