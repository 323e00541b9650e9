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

/// A ball as seen from the first voxel of a brick.
template <class Level>
struct PlacedBall {
    Level level;
    std::uint8_t shut; ///< as Ball::shut
    std::array<int, 3> centre;
};

/// A plane of a brick, a bit for each voxel: bits along x of each row y.
using PlaneBits = std::array<std::uint16_t, brick::edge>;

/// The voxels within sqrt(t) of a centre in a plane z, for all t of which they are no more than 15 voxels away along x and
/// y: a plane of a brick is cut out of a small disc by one load and one shift.
class Discs {
public:
    static constexpr int largest_reach = 15;

    /// @param top  no t is larger
    Discs(int top, const Weights& weights);

    bool has(int t) const { return t < count_; }
    /// The rows of a disc from that of the brick's y = 0 on, if the centre is at y = cy, -15 ... 30; bit 16: x = cx.
    const std::uint32_t* rows(int t, int cy) const { return disc_[t].data() + (2 * largest_reach - cy); }

private:
    int count_;
    std::vector<std::array<std::uint32_t, brick::edge + 3 * largest_reach>> disc_; ///< rows -30 ... 30 from the centre
};

/// What painting balls of up to a level needs to know of their shape.
struct BallShape {
    BallShape(int top, const Weights& of_voxels)
        : weights(of_voxels), reach(make_reach(top, of_voxels)), discs(top, of_voxels)
    {
    }
    Weights weights;
    Reach reach;
    Discs discs;
};

/// The pores of a brick that no ball has covered yet.
class Canvas {
public:
    explicit Canvas(const brick::Mask& pores);

    bool done() const { return busy_ == 0; }
    /// Raises the values of what the ball is the first to cover to its level.
    template <class Level>
    void paint(const PlacedBall<Level>& ball, const BallShape& shape, Level* values);

private:
    template <class Level>
    void raise(int z, const PlaneBits& hit, Level level, Level* values);

    alignas(32) std::array<PlaneBits, brick::edge> todo_;
    unsigned busy_ = 0; ///< planes that hold such pores
};

} // namespace lapilli::morphology
