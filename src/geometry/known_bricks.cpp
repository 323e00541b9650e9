// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/known_bricks.hpp"

#include <algorithm>

namespace lapilli::geometry {

namespace {

/// Whether as many rings around any brick hold all of the image.
bool covers(const brick::Grid& grid, int rings)
{
    return std::all_of(all_axes.begin(), all_axes.end(),
                       [&](Axis axis) { return grid.along(axis) <= std::int64_t{rings} + 1; });
}

} // namespace

KnownBricks::KnownBricks(const image::PoreSpace& pores, int rings)
    : pores_(pores), owned_(static_cast<std::int32_t>(pores.owned_bricks().size())),
      complete_(pores.comm().size() == 1 || covers(pores.grid(), rings)),
      index_(pores.grid().size(), complete_ ? solid : unknown)
{
    for (const auto& b : pores.owned_bricks()) place_.push_back(brick::from_morton(b.code));
    if (!complete_) mark(rings);
    const auto incoming = pores.comm().exchange_all(for_others(rings));
    for (std::size_t rank = 0; rank < incoming.size(); ++rank)
        for (const auto& [code, index, mask] : incoming[rank]) {
            const auto place = brick::from_morton(code);
            if (at(place) == unknown) continue; // its owner cannot know that this rank has no pores beside it
            place_.push_back(place);
            others_.push_back({mask, index, static_cast<int>(rank)});
        }
    for (std::int32_t b = 0; b < size(); ++b) index_[grid().index(place_[b])] = b;
}

/// What nobody will tell anything of has no pores.
void KnownBricks::mark(int rings)
{
    for (const auto& own : place_)
        for_each_around(grid(), own, rings, [&](const brick::Position& place) { index_[grid().index(place)] = solid; });
}

/// Own bricks, for the ranks that may have bricks close to them.
std::vector<std::vector<KnownBricks::Message>> KnownBricks::for_others(int rings) const
{
    const auto& comm = pores_.comm();
    std::vector<std::vector<Message>> outgoing(comm.size());
    if (comm.size() == 1) return outgoing;
    std::vector<std::int32_t> last_sent(comm.size(), -1);
    for (std::int32_t b = 0; b < owned_; ++b) {
        const auto send = [&](int rank) {
            if (rank == comm.rank() || last_sent[rank] == b) return;
            last_sent[rank] = b;
            const auto& own = pores_.owned_bricks()[b];
            outgoing[rank].push_back({own.code, b, own.mask});
        };
        if (complete_)
            for (int rank = 0; rank < comm.size(); ++rank) send(rank);
        else
            for_each_around(grid(), place_[b], rings,
                            [&](const brick::Position& place) { send(pores_.partition().owner(brick::morton(place))); });
    }
    return outgoing;
}

} // namespace lapilli::geometry
