// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "morphology/widest_paths.hpp"

#include <algorithm>
#include <utility>

namespace lapilli::morphology {

namespace {

constexpr unsigned tile_bits = 12; // 4096 voxels

} // namespace

template <class Level>
void WidestPaths<Level>::raise(std::uint32_t voxel, Level level)
{
    const Level to = std::min(level, width_[voxel]);
    if (to <= access_[voxel]) return;
    access_[voxel] = to;
    if (voxel >> tile_bits < links_.size())
        waiting_[to].push_back(voxel);
    else
        raised_beyond_.push_back(voxel);
}

/// Highest level first: what is raised while it is at work is not higher, so each voxel is raised once.
template <class Level>
std::vector<std::uint32_t> WidestPaths<Level>::settle(Level down_to)
{
    for (std::size_t level = waiting_.size() - 1; level > down_to; --level) {
        auto& stack = waiting_[level];
        while (!stack.empty()) {
            const auto voxel = stack.back();
            stack.pop_back();
            if (access_[voxel] == level) visit_neighbours(voxel, level);
        }
    }
    return std::exchange(raised_beyond_, {});
}

template <class Level>
void WidestPaths<Level>::visit_neighbours(std::uint32_t voxel, Level level)
{
    const auto& links = links_[voxel >> tile_bits];
    for (unsigned axis = 0; axis < 3; ++axis) {
        const unsigned shift = 4 * axis, one = 1U << shift, line = 15U << shift;
        const unsigned place = voxel >> shift & 15U, across = voxel & ((1U << tile_bits) - 1) & ~line;
        const auto beyond = [&](unsigned face) { return links.beyond[face] << tile_bits | across; };
        raise(place > 0 ? voxel - one : beyond(2 * axis) | (links.extent_below[axis] - 1U) << shift, level);
        raise(place + 1 < links.extent[axis] ? voxel + one : beyond(2 * axis + 1), level);
    }
}

template class WidestPaths<std::uint16_t>;
template class WidestPaths<std::uint32_t>;

} // namespace lapilli::morphology
