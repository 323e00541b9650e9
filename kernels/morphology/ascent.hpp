// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/brick.hpp"
#include "morphology/balls.hpp"

#include <array>
#include <cstdint>
#include <type_traits>

namespace lapilli::morphology {

/// What a level is blurred to: 64 times it, and five bits more for the order of neighbours.
template <class Level>
using Key = std::conditional_t<sizeof(Level) == 2, std::uint32_t, std::uint64_t>;

/// Blurs the levels of a brick by (1, 2, 1) along x, y and z: whole numbers, 64 times the mean. Solid counts as 0.
/// @param shell  what is beyond a sealed image mirrored
/// @param keys   (16, 16, 16); 0 where no pore is, and only there
template <class Level>
void blur(const Shell<Level>& shell, const brick::Mask& pores, Key<Level>* keys);

/// Of the three neighbours of a coordinate, itself the middle one, which has the lower coordinate in the image: the order in
/// which equals are taken. Of a periodic image they may be beyond its faces. One that is there twice is taken as itself,
/// else inside the image.
class NeighbourOrder {
public:
    /// @param first     coordinate in the image of the brick's first voxel
    /// @param voxels    of the image along the axis
    /// @param periodic  else what is beyond the faces is never taken
    NeighbourOrder(std::int64_t first, std::int64_t voxels, bool periodic);

    /// 2: taken before the others, 0: after them. @param step  -1, 0, 1
    const std::array<std::uint8_t, brick::edge>& rank(int step) const { return rank_[step + 1]; }
    /// The step with that rank.
    int step(int place, unsigned rank) const;

private:
    std::array<std::array<std::uint8_t, brick::edge>, 3> rank_{};
};

/// Which way leads up from each pore of a brick: to the neighbour across faces, edges and corners with the largest key, the
/// one with the lowest number (x fastest) in the image among equals; nowhere if the pore has these itself.
/// @param keys   0: no pore
/// @param ways   (16, 16, 16), meaningful for pores: rank of the step along x + 3 that along y + 9 that along z
template <class Number>
void find_ways_up(const Shell<Number>& keys, const std::array<NeighbourOrder, 3>& order, std::uint8_t* ways);

} // namespace lapilli::morphology
