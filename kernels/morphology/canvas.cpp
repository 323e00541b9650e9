// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "morphology/canvas.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace lapilli::morphology {

namespace {

constexpr int largest_tabled = 1 << 14;

struct Range {
    int first;
    int last;
    bool empty() const { return first > last; }
    unsigned bits() const { return (2U << last) - (1U << first); }
};

/// The part of a brick along an axis within `reach` of a centre, but for the sides that are shut.
Range clip(int centre, int reach, unsigned shut, int axis)
{
    const bool above = (shut >> (2 * axis) & 1U) == 0;
    const bool below = (shut >> (2 * axis + 1) & 1U) == 0;
    return {std::max(0, below ? centre - reach : centre), std::min(brick::edge - 1, above ? centre + reach : centre)};
}

} // namespace

AxisReach::AxisReach(int top, int weight)
    : weight_(weight), tabled_(std::min(top + 1, largest_tabled)), table_(std::max(tabled_, 0))
{
    for (int t = 0; t < tabled_; ++t) table_[t] = root(t);
}

int AxisReach::root(int t) const { return static_cast<int>(std::sqrt(static_cast<double>(t / weight_))); }

Canvas::Canvas(const brick::Mask& pores)
{
    for (int z = 0; z < brick::edge; ++z) {
        busy_[z] = 0;
        for (int y = 0; y < brick::edge; ++y) {
            todo_[z][y] = pores.row[z * brick::edge + y];
            if (todo_[z][y] != 0) busy_[z] |= 1U << y;
            left_ += std::popcount(todo_[z][y]);
        }
    }
}

template <class Level>
void Canvas::paint(const PlacedBall<Level>& ball, const std::array<AxisReach, 3>& reach, const Weights& weights,
                   Level* values)
{
    const auto [cx, cy, cz] = ball.centre;
    const int inside = ball.level - 1;
    const Range planes = clip(cz, reach[2](inside), ball.shut, 2);
    for (int z = planes.first; z <= planes.last; ++z) {
        if (busy_[z] == 0) continue;
        const int of_plane = inside - weights.squared_edge[2] * (z - cz) * (z - cz);
        const Range rows = clip(cy, reach[1](of_plane), ball.shut, 1);
        if (rows.empty()) continue;
        for (unsigned busy = busy_[z] & rows.bits(); busy != 0; busy &= busy - 1) {
            const int y = std::countr_zero(busy);
            const int of_row = of_plane - weights.squared_edge[1] * (y - cy) * (y - cy);
            const Range row = clip(cx, reach[0](of_row), ball.shut, 0);
            unsigned hit = row.empty() ? 0 : todo_[z][y] & row.bits();
            if (hit == 0) continue;
            todo_[z][y] ^= hit;
            if (todo_[z][y] == 0) busy_[z] &= ~(1U << y);
            left_ -= std::popcount(hit);
            for (; hit != 0; hit &= hit - 1) {
                Level& value = values[(z * brick::edge + y) * brick::edge + std::countr_zero(hit)];
                value = std::max(value, ball.level);
            }
        }
    }
}

template void Canvas::paint(const PlacedBall<std::uint16_t>&, const std::array<AxisReach, 3>&, const Weights&,
                            std::uint16_t*);
template void Canvas::paint(const PlacedBall<std::uint32_t>&, const std::array<AxisReach, 3>&, const Weights&,
                            std::uint32_t*);

} // namespace lapilli::morphology
