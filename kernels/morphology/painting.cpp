// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "morphology/painting.hpp"

#include "morphology/descending.hpp"

#include <algorithm>

namespace lapilli::morphology {

namespace {

constexpr int last_voxel = brick::edge - 1;

/// Voxels between a layer, or `size` of them from it on, and the brick; 0: it is inside.
int apart(int layer, int size = 1) { return std::max({0, layer - last_voxel, -(layer + size - 1)}); }

/// Whether nothing is left to paint on this side of the brick.
template <class Level>
bool shut_towards_brick(const Ball<Level>& ball, const std::array<int, 3>& centre)
{
    for (int axis = 0; axis < 3; ++axis) {
        const unsigned sides = ball.shut >> (2 * axis);
        if ((sides & 1U) != 0 && centre[axis] < 0) return true;
        if ((sides & 2U) != 0 && centre[axis] > last_voxel) return true;
    }
    return false;
}

} // namespace

template <class Level>
Painter<Level>::Painter(Level top, const Weights& weights)
    : weights_(weights), reach_{AxisReach(top, weights.squared_edge[0]), AxisReach(top, weights.squared_edge[1]),
                                AxisReach(top, weights.squared_edge[2])}
{
    for (int axis = 0; axis < 3; ++axis) {
        farthest_[axis] = reach_[axis](top);
        const int first = -farthest_[axis] - last_voxel;
        const int end = farthest_[axis] + 2 * last_voxel + 1;
        for (int layer = first; layer < end; ++layer)
            gaps_[axis].push_back(weights.squared_edge[axis] * apart(layer) * apart(layer));
    }
}

template <class Level>
void Painter<Level>::open(std::span<const Source<Level>> sources)
{
    cursors_.clear();
    for (const auto& source : sources) {
        if (source.balls.empty()) continue;
        const Ball<Level>* first = source.balls.data();
        Cursor cursor{first, first + source.balls.size(), source.corner, {}, 0};
        bool within = true;
        for (int axis = 0; axis < 3 && within; ++axis) {
            const int gap = apart(source.corner[axis], brick::edge);
            within = gap <= farthest_[axis];
            if (!within) break;
            cursor.distance += weights_.squared_edge[axis] * gap * gap;
            cursor.gap[axis] = gaps_[axis].data() + (source.corner[axis] + farthest_[axis] + last_voxel);
        }
        const int largest = first->level;
        if (within && cursor.distance < largest) cursors_.push_back(cursor);
    }
}

template <class Level>
int Painter<Level>::largest_left() const
{
    int level = 0;
    for (const Cursor& cursor : cursors_)
        if (cursor.next != cursor.end) level = std::max<int>(level, cursor.next->level);
    return level;
}

template <class Level>
void Painter<Level>::gather(int low)
{
    near_.clear();
    for (Cursor& cursor : cursors_) {
        const auto [gap_x, gap_y, gap_z] = cursor.gap;
        for (; cursor.next != cursor.end; ++cursor.next) {
            const Ball<Level>& ball = *cursor.next;
            const int level = ball.level;
            if (level <= low) break;
            const int x = ball.place & 15, y = ball.place >> 4 & 15, z = ball.place >> 8;
            if (gap_x[x] + gap_y[y] + gap_z[z] >= level) continue;
            const std::array<int, 3> centre{cursor.corner[0] + x, cursor.corner[1] + y, cursor.corner[2] + z};
            if (!shut_towards_brick(ball, centre)) near_.push_back({ball.level, ball.shut, centre});
        }
    }
    sort_descending(near_, scratch_);
}

template <class Level>
void Painter<Level>::paint(const brick::Mask& pores, std::span<const Source<Level>> sources, Level* values)
{
    Canvas canvas(pores);
    open(sources);
    // Rounds of radii: a brick inside a large pore is done after the first, and never looks at the many small balls.
    for (int high = largest_left(); high > 0 && !canvas.done(); high = largest_left()) {
        gather(high - std::max(1, high / 4));
        for (const auto& ball : near_) {
            canvas.paint(ball, reach_, weights_, values);
            if (canvas.done()) break;
        }
    }
}

template class Painter<std::uint16_t>;
template class Painter<std::uint32_t>;

} // namespace lapilli::morphology
