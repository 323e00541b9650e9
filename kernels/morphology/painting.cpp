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

} // namespace

template <class Level>
Painter<Level>::Painter(Level top, const Weights& weights) : shape_(top, weights)
{
    for (int axis = 0; axis < 3; ++axis) {
        farthest_[axis] = shape_.reach[axis](top);
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
        int distance = 0; // squared
        for (int axis = 0; axis < 3; ++axis) {
            const int corner = source.corner[axis];
            const int gap = apart(corner, brick::edge);
            if (gap > farthest_[axis]) {
                distance = first->level;
                break;
            }
            distance += shape_.weights.squared_edge[axis] * gap * gap;
            cursor.gap[axis] = gaps_[axis].data() + (corner + farthest_[axis] + last_voxel);
            if (gap > 0) cursor.between |= (corner > 0 ? 1U : 2U) << (2 * axis);
        }
        const int largest = first->level;
        if (distance < largest) cursors_.push_back(cursor);
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
void Painter<Level>::gather(Level low)
{
    near_.clear();
    for (Cursor& cursor : cursors_) {
        const auto [gap_x, gap_y, gap_z] = cursor.gap;
        const unsigned between = cursor.between;
        const Ball<Level>* ball = cursor.next;
        for (; ball != cursor.end && ball->level > low; ++ball) {
            if ((ball->beyond & between) != between) continue;
            const int level = ball->level;
            const int x = ball->place & 15, y = ball->place >> 4 & 15, z = ball->place >> 8;
            if (gap_x[x] + gap_y[y] + gap_z[z] >= level) continue;
            near_.push_back({ball->level, ball->shut, {cursor.corner[0] + x, cursor.corner[1] + y, cursor.corner[2] + z}});
        }
        cursor.next = ball;
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
            canvas.paint(ball, shape_, values);
            if (canvas.done()) break;
        }
    }
}

template class Painter<std::uint16_t>;
template class Painter<std::uint32_t>;

} // namespace lapilli::morphology
