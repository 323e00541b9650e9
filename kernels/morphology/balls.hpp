// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/brick.hpp"
#include "morphology/reach.hpp"
#include "morphology/weights.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace lapilli::morphology {

/// The open ball of a voxel c: all voxels x with |x - c|^2 < level, lengths as Weights has them. Level is an unsigned type
/// of 16 or 32 bits; levels are below 2^29.
template <class Level>
struct Ball {
    Level level;         ///< squared radius
    std::uint16_t place; ///< of its centre inside a brick: (z * 16 + y) * 16 + x
    std::uint8_t shut;   ///< bit of brick::Face: the half space on that side of the centre is painted by others
    std::uint8_t beyond; ///< bit of brick::Face: the ball paints beyond that face of a brick of 16^3 voxels
};
static_assert(sizeof(Ball<std::uint16_t>) == 6 && sizeof(Ball<std::uint32_t>) == 8);

/// The levels of a brick and of the layer of voxels around it, 26 neighbours of each voxel: an array of shape (18, 18, 18),
/// x fastest, zero where there are no pores. At the upper border of an image that layer stands right after its last voxels.
template <class Level>
struct Shell {
    static constexpr int row_stride = brick::edge + 2;
    static constexpr int plane_stride = row_stride * row_stride;

    std::array<Level, plane_stride * row_stride> level{};

    /// Voxel (0, y, z) of the brick; indices run from -1 to 16.
    Level* row(int y, int z) { return level.data() + (z + 1) * plane_stride + (y + 1) * row_stride + 1; }
    const Level* row(int y, int z) const { return level.data() + (z + 1) * plane_stride + (y + 1) * row_stride + 1; }
};

/// Which balls lie inside the balls of neighbours.
class Containment {
public:
    /// Kinds of neighbours: across the faces of x, y, z, across the edges of xy, xz, yz, across corners.
    static constexpr int kinds = 7;
    using Needed = std::array<std::uint32_t, kinds>;

    /// @param top  no ball is larger
    Containment(std::uint32_t top, const Weights& weights);

    /// The smallest level of a neighbour of each kind, at v from here, whose ball contains that of `level` >= 1 here:
    /// need = 1 + max{ |x - v|^2 : |x|^2 < level }. Found by enumeration of x; of large balls, where this takes long and
    /// gains nothing, by the triangle inequality, perhaps a little more than the smallest.
    Needed needed(std::uint32_t level) const { return level < table_.size() ? table_[level] : bound(level); }

private:
    Needed bound(std::uint32_t level) const;

    Needed squared_step_{}; ///< |v|^2
    std::vector<Needed> table_;
};

/// Chooses the balls of a brick that say the same as all of them: T^2(x) = max{ s(c) : |x - c|^2 < s(c) } of pores x.
/// A ball inside that of a neighbour says nothing. Where the neighbour c + e along an axis has s(c + e) >= s(c), it covers
/// all that c covers on that side, since |x - c - e| < |x - c|, and that half space of c is shut; a ball with all six shut,
/// and one that covers no other voxel than its centre, say nothing but T^2 >= s, from which painting starts. Both rules lead
/// from every x to a ball that is kept, since levels rise or, at the same level, distances fall.
template <class Level>
class BallSelector {
public:
    /// @param top  largest level of all
    BallSelector(Level top, const Weights& weights)
        : containment_(top, weights), reach_(make_reach(top, weights)), smallest_(weights.smallest())
    {
    }

    /// Appends the balls of a brick, largest first and those of one level by place.
    /// @param pores  of the brick; their levels may be zero
    void select(const Shell<Level>& shell, const brick::Mask& pores, std::vector<Ball<Level>>& balls);

private:
    Containment containment_;
    Reach reach_;
    Level smallest_;
    std::vector<Ball<Level>> found_, scratch_;
};

} // namespace lapilli::morphology
