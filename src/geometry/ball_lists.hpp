// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/known_bricks.hpp"
#include "morphology/balls.hpp"
#include "morphology/reach.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace lapilli::geometry {

/// The balls that may touch own bricks, brick by brick of their centres, largest first: own ones, and those of other ranks.
template <class Level>
class BallLists {
public:
    /// The next own brick: appends its balls to the list that is handed out.
    template <class Fill>
    void add_own(Fill&& fill)
    {
        fill(balls_);
        ends_.push_back(balls_.size());
    }
    /// Sends each ball to the ranks that own bricks which it touches, and adds what comes from them. After the last own
    /// brick. Collective.
    void share(const KnownBricks& known, const morphology::Reach& reach);
    /// Of the brick with that place; empty if nothing is known of it.
    std::span<const morphology::Ball<Level>> of(const brick::Position& place) const;

private:
    /// So many balls come of that brick.
    struct Header {
        std::uint64_t code;
        std::int64_t balls;
    };
    struct Outgoing {
        std::vector<std::vector<Header>> headers;
        std::vector<std::vector<morphology::Ball<Level>>> balls;
    };
    std::span<const morphology::Ball<Level>> list(std::size_t i) const
    {
        const std::size_t first = i == 0 ? 0 : ends_[i - 1];
        return std::span(balls_).subspan(first, ends_[i] - first);
    }
    void pack(const KnownBricks& known, std::int32_t brick, const morphology::Reach& reach, Outgoing& out) const;

    std::vector<morphology::Ball<Level>> balls_;
    std::vector<std::size_t> ends_;   ///< of the lists
    std::vector<std::int32_t> index_; ///< of each brick of the grid; -1: no list
    const brick::Grid* grid_ = nullptr;
};

} // namespace lapilli::geometry
