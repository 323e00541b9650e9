// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/brick.hpp"

#include <cstdint>
#include <vector>

namespace lapilli::geometry {

inline constexpr std::size_t tile_voxels = std::size_t{brick::rows} * brick::edge;

/// A whole number at each voxel of some bricks, shape (bricks, 16, 16, 16), x fastest; 0 at first, and where no pore is.
template <class Level>
class Tiles {
public:
    explicit Tiles(std::size_t bricks = 0) : values_(bricks * tile_voxels) {}
    /// A copy with room for as many bricks, those that are new zero.
    Tiles(const Tiles& some, std::size_t bricks)
    {
        values_.reserve(bricks * tile_voxels);
        values_.assign(some.values_.begin(), some.values_.end());
        values_.resize(bricks * tile_voxels);
    }
    std::size_t bricks() const { return values_.size() / tile_voxels; }
    Level* operator[](std::size_t brick) { return values_.data() + brick * tile_voxels; }
    const Level* operator[](std::size_t brick) const { return values_.data() + brick * tile_voxels; }
    std::vector<Level>& values() { return values_; }
    const std::vector<Level>& values() const { return values_; }
    /// More bricks, which are zero, or fewer.
    void resize(std::size_t bricks)
    {
        const auto voxels = bricks * tile_voxels;
        values_.reserve(voxels); // else a vector takes twice as much
        values_.resize(voxels);
        if (values_.capacity() - voxels > voxels / 8) values_.shrink_to_fit(); // which needs both for a while
    }

private:
    std::vector<Level> values_;
};

} // namespace lapilli::geometry
