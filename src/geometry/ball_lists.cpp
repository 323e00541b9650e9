// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/ball_lists.hpp"

#include <algorithm>

namespace lapilli::geometry {

namespace {

using brick::edge;
using brick::Position;
using morphology::Ball;

/// Bricks along an axis, both included; of a periodic image they may go beyond the grid.
struct Bricks {
    std::int64_t first, last;
};

/// The bricks that hold the voxels [low, high] along an axis, counted from the image's first.
Bricks bricks_of(const brick::Grid& grid, Axis axis, std::int64_t low, std::int64_t high)
{
    const auto voxels = grid.shape().along(axis);
    if (!grid.periodic()) return {std::max<std::int64_t>(low, 0) / edge, std::min(high, voxels - 1) / edge};
    if (high - low + 1 >= voxels) return {0, grid.along(axis) - 1};
    const auto brick_of = [&](std::int64_t at) {
        const auto inside = (at + voxels) % voxels; // balls are smaller than the image here
        const auto turn = (at - inside) / voxels;
        return inside / edge + turn * grid.along(axis);
    };
    return {brick_of(low), brick_of(high)};
}

/// What a ball covers along an axis, where nobody else does.
template <class Level>
Bricks bricks_of(const brick::Grid& grid, Axis axis, std::int64_t corner, const Ball<Level>& ball,
                 const morphology::Reach& reach)
{
    const auto a = index(axis);
    const std::int64_t centre = corner * edge + (ball.place >> (4 * a) & 15);
    const int far = reach[a](ball.level - 1);
    const unsigned shut = ball.shut >> (2 * a);
    return bricks_of(grid, axis, (shut & 1U) != 0 ? centre : centre - far, (shut & 2U) != 0 ? centre : centre + far);
}

template <class Visit>
void for_each_brick(const brick::Grid& grid, const PerAxis<Bricks>& box, Visit&& visit)
{
    for (auto z = box[Axis::z].first; z <= box[Axis::z].last; ++z)
        for (auto y = box[Axis::y].first; y <= box[Axis::y].last; ++y)
            for (auto x = box[Axis::x].first; x <= box[Axis::x].last; ++x) visit(*grid.inside({x, y, z}));
}

} // namespace

template <class Level>
void BallLists<Level>::pack(const KnownBricks& known, std::int32_t brick, const morphology::Reach& reach,
                            Outgoing& out) const
{
    const auto& comm = known.pores().comm();
    const auto& grid = known.grid();
    const auto mine = list(brick);
    const auto& place = known.place(brick);
    const PerAxis<std::int64_t> corner{place.x, place.y, place.z};
    const auto box_of = [&](const Ball<Level>& ball) {
        PerAxis<Bricks> box;
        for (const Axis axis : all_axes) box[axis] = bricks_of(grid, axis, corner[axis], ball, reach);
        return box;
    };
    const auto owner = [&](const Position& p) { return known.pores().partition().owner(brick::morton(p)); };
    if (mine.empty()) return;
    // nobody beside: the largest ball, wherever its centre were
    bool alone = true;
    PerAxis<Bricks> around;
    for (const Axis axis : all_axes) {
        const int far = reach[index(axis)](mine.front().level - 1);
        around[axis] = bricks_of(grid, axis, corner[axis] * edge - far, corner[axis] * edge + edge - 1 + far);
    }
    for_each_brick(grid, around, [&](const Position& p) { alone = alone && owner(p) == comm.rank(); });
    if (alone) return;
    for (const auto& ball : mine) {
        std::vector<int> told{comm.rank()};
        for_each_brick(grid, box_of(ball), [&](const Position& p) {
            const int rank = owner(p);
            if (std::find(told.begin(), told.end(), rank) != told.end()) return;
            told.push_back(rank);
            auto& headers = out.headers[rank];
            const auto code = brick::morton(place);
            if (headers.empty() || headers.back().code != code) headers.push_back({code, 0});
            ++headers.back().balls;
            out.balls[rank].push_back(ball);
        });
    }
}

template <class Level>
void BallLists<Level>::share(const KnownBricks& known, const morphology::Reach& reach)
{
    const auto& comm = known.pores().comm();
    grid_ = &known.grid();
    index_.assign(grid_->size(), -1);
    for (std::int32_t b = 0; b < known.owned(); ++b) index_[grid_->index(known.place(b))] = b;
    Outgoing out{std::vector<std::vector<Header>>(comm.size()), std::vector<std::vector<Ball<Level>>>(comm.size())};
    if (comm.size() > 1)
        for (std::int32_t b = 0; b < known.owned(); ++b) pack(known, b, reach, out);
    const auto headers = comm.exchange_all(out.headers);
    const auto balls = comm.exchange_all(out.balls);
    for (std::size_t rank = 0; rank < headers.size(); ++rank) {
        auto next = balls[rank].begin();
        for (const auto& [code, count] : headers[rank]) {
            balls_.insert(balls_.end(), next, next + count);
            next += count;
            index_[grid_->index(brick::from_morton(code))] = static_cast<std::int32_t>(ends_.size());
            ends_.push_back(balls_.size());
        }
    }
}

template <class Level>
std::span<const Ball<Level>> BallLists<Level>::of(const Position& place) const
{
    const auto at = index_[grid_->index(place)];
    return at < 0 ? std::span<const Ball<Level>>() : list(at);
}

template class BallLists<std::uint16_t>;
template class BallLists<std::uint32_t>;

} // namespace lapilli::geometry
