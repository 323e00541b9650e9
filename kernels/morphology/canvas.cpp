// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "morphology/canvas.hpp"

#include <algorithm>
#include <bit>

namespace lapilli::morphology {

namespace {

constexpr int last_voxel = brick::edge - 1;

/// The rows of a plane, four of them a word.
using PlaneWords = std::array<std::uint64_t, brick::edge / 4>;
static_assert(std::endian::native == std::endian::little); // the first row is the lowest part of a word

bool any(const PlaneBits& plane)
{
    const PlaneWords words = std::bit_cast<PlaneWords>(plane);
    return (words[0] | words[1] | words[2] | words[3]) != 0;
}

/// Voxels of a brick along an axis.
struct Range {
    int first;
    int last;
    bool empty() const { return first > last; }
    unsigned bits() const { return empty() ? 0 : (2U << last) - (1U << first); }
};

/// What lies within `reach` of a centre, but for the sides that are shut.
Range clip(int centre, int reach, unsigned shut, int axis)
{
    const bool lower = (shut >> (2 * axis) & 1U) == 0;
    const bool upper = (shut >> (2 * axis + 1) & 1U) == 0;
    return {std::max(0, lower ? centre - reach : centre), std::min(last_voxel, upper ? centre + reach : centre)};
}

/// Cuts planes of a brick out of the discs of one ball.
class DiscCut {
public:
    template <class Level>
    DiscCut(const PlacedBall<Level>& ball, const Range& rows) : cx_(ball.centre[0]), cy_(ball.centre[1])
    {
        constexpr int r = Discs::largest_reach;
        touches_ = std::max(-cx_, -cy_) <= r && std::max(cx_, cy_) <= last_voxel + r;
        left_ = std::clamp(cx_ - 16, 0, 31);
        right_ = std::clamp(16 - cx_, 0, 31);
        const std::uint16_t columns = clip(cx_, r, ball.shut, 0).bits();
        for (int y = 0; y < brick::edge; ++y) open_[y] = y >= rows.first && y <= rows.last ? columns : 0;
    }
    bool touches() const { return touches_; }
    void cut(const Discs& discs, int t, const PlaneBits& todo, PlaneBits& hit) const
    {
        const std::uint32_t* rows = discs.rows(t, cy_);
        for (int y = 0; y < brick::edge; ++y) hit[y] = todo[y] & open_[y] & (rows[y] << left_ >> right_);
    }

private:
    int cx_, cy_;
    bool touches_;
    unsigned left_, right_;
    alignas(32) PlaneBits open_;
};

} // namespace

Discs::Discs(int top, const Weights& weights)
{
    const auto& [wx, wy, wz] = weights.squared_edge;
    constexpr int beyond = largest_reach + 1;
    count_ = std::min(top, std::min(wx, wy) * beyond * beyond);
    disc_.assign(std::max(count_, 0), {});
    const Reach reach = make_reach(count_, weights);
    for (int t = 0; t < count_; ++t)
        for (int dy = -reach[1](t); dy <= reach[1](t); ++dy) {
            const int rx = reach[0](t - wy * dy * dy);
            disc_[t][dy + 2 * largest_reach] = (2U << (16 + rx)) - (1U << (16 - rx));
        }
}

Canvas::Canvas(const brick::Mask& pores)
{
    for (int z = 0; z < brick::edge; ++z)
        for (int y = 0; y < brick::edge; ++y) {
            todo_[z][y] = pores.row[z * brick::edge + y];
            if (todo_[z][y] != 0) busy_ |= 1U << z;
        }
}

template <class Level>
void Canvas::raise(int z, const PlaneBits& hit, Level level, Level* values)
{
    PlaneWords todo = std::bit_cast<PlaneWords>(todo_[z]);
    const PlaneWords words = std::bit_cast<PlaneWords>(hit);
    std::uint64_t left = 0;
    for (std::size_t w = 0; w < words.size(); ++w) {
        todo[w] ^= words[w];
        left |= todo[w];
        Level* four_rows = values + z * brick::rows + 64 * w;
        for (std::uint64_t bits = words[w]; bits != 0; bits &= bits - 1) {
            Level& value = four_rows[std::countr_zero(bits)];
            value = std::max(value, level);
        }
    }
    todo_[z] = std::bit_cast<PlaneBits>(todo);
    if (left == 0) busy_ &= ~(1U << z);
}

template <class Level>
void Canvas::paint(const PlacedBall<Level>& ball, const BallShape& shape, Level* values)
{
    const auto [cx, cy, cz] = ball.centre;
    const auto& [wx, wy, wz] = shape.weights.squared_edge;
    const int inside = ball.level - 1;
    const DiscCut small(ball, clip(cy, last_voxel + Discs::largest_reach, ball.shut, 1));
    alignas(32) PlaneBits hit;
    for (unsigned planes = busy_ & clip(cz, shape.reach[2](inside), ball.shut, 2).bits(); planes != 0;
         planes &= planes - 1) {
        const int z = std::countr_zero(planes);
        const int of_plane = inside - wz * (z - cz) * (z - cz);
        if (shape.discs.has(of_plane)) {
            if (!small.touches()) continue;
            small.cut(shape.discs, of_plane, todo_[z], hit);
        } else {
            hit = {};
            const Range rows = clip(cy, shape.reach[1](of_plane), ball.shut, 1);
            for (int y = rows.first; y <= rows.last; ++y) {
                if (todo_[z][y] == 0) continue;
                const int of_row = of_plane - wy * (y - cy) * (y - cy);
                hit[y] = todo_[z][y] & clip(cx, shape.reach[0](of_row), ball.shut, 0).bits();
            }
        }
        if (any(hit)) raise(z, hit, ball.level, values);
    }
}

template void Canvas::paint(const PlacedBall<std::uint16_t>&, const BallShape&, std::uint16_t*);
template void Canvas::paint(const PlacedBall<std::uint32_t>&, const BallShape&, std::uint32_t*);

} // namespace lapilli::morphology
