// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/tiles.hpp"
#include "image/pore_space.hpp"
#include "morphology/weights.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

namespace lapilli::property {

/// [voxel], shortest edges, of a squared length in the unit of Weights.
inline double length_of(double level, const morphology::Weights& weights) { return std::sqrt(level / weights.smallest()); }

/// How many own voxels have each level, from 0 to the largest of all ranks, summed over the ranks; 0 has none. Collective.
/// @param counts  counts(index in the tiles): whether that voxel is counted
template <class Level, class Counts>
std::vector<std::int64_t> histogram(const image::PoreSpace& pores, const geometry::Tiles<Level>& tiles, Counts&& counts)
{
    const auto& values = tiles.values();
    const std::int64_t top = values.empty() ? 0 : *std::max_element(values.begin(), values.end());
    std::vector<std::int64_t> count(pores.comm().max(top) + 1, 0);
    for (std::size_t voxel = 0; voxel < values.size(); ++voxel)
        if (counts(voxel)) ++count[values[voxel]];
    count[0] = 0; // most of it is no pore
    pores.comm().sum(std::span(count));
    return count;
}
template <class Level>
std::vector<std::int64_t> histogram(const image::PoreSpace& pores, const geometry::Tiles<Level>& tiles)
{
    return histogram(pores, tiles, [](std::size_t) { return true; });
}

} // namespace lapilli::property
