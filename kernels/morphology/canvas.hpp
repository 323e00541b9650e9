// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/brick.hpp"
#include "morphology/weights.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace lapilli::morphology {

/// The largest n with weight * n^2 <= t: how many voxels a squared length spans along an axis.
class AxisReach {
public:
    /// @param top  no t is larger
    AxisReach(int top, int weight);
    /// @param t  not negative
    int operator()(int t) const { return t < tabled_ ? table_[t] : root(t); }

private:
    int root(int t) const;

    int weight_;
    int tabled_;
    std::vector<std::uint8_t> table_;
};

/// A ball as seen from the first voxel of a brick.
template <class Level>
struct PlacedBall {
    Level level;
    std::uint8_t shut; ///< as Ball::shut
    std::array<int, 3> centre;
};

/// The pores of a brick that no ball has covered yet.
class Canvas {
public:
    explicit Canvas(const brick::Mask& pores);

    bool done() const { return left_ == 0; }
    /// Raises the values of what the ball covers first to its level.
    template <class Level>
    void paint(const PlacedBall<Level>& ball, const std::array<AxisReach, 3>& reach, const Weights& weights, Level* values);

private:
    std::array<std::array<std::uint16_t, brick::edge>, brick::edge> todo_; ///< bits along x of row y of plane z
    std::array<std::uint16_t, brick::edge> busy_;                          ///< rows of a plane that hold such pores
    int left_ = 0;
};

} // namespace lapilli::morphology
