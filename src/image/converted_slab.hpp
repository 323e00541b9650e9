// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/conversion.hpp"

#include <utility>
#include <vector>

namespace lapilli::image {

/// The slab of a converted image that a rank writes, put together of layers that all ranks have made.
class ConvertedSlab {
public:
    /// All of these must outlive it.
    ConvertedSlab(const ConvertedShapes& shapes, const resample::Orientation& orientation, int rank, int ranks)
        : shapes_(shapes), orientation_(orientation), rank_(rank), ranks_(ranks)
    {
    }

    /// Takes its memory. Not collective, like all others.
    void fill(format::VoxelType type, std::int64_t label);
    /// The parts of a layer of this rank that each rank writes. @param coarse  its planes before it was turned
    std::vector<std::vector<std::byte>> dealt(PlaneRange coarse, const std::vector<std::byte>& layer) const;
    /// Puts the part of any rank's layer that this one writes into its place.
    void paste(PlaneRange coarse, const std::vector<std::byte>& part);
    std::vector<std::byte> take() { return std::move(voxels_); }

private:
    PlaneRange written_by(int rank) const;
    Region place_of(PlaneRange coarse, int rank) const;

    const ConvertedShapes& shapes_;
    const resample::Orientation& orientation_;
    int rank_;
    int ranks_;
    std::int64_t voxel_bytes_ = 1;
    std::vector<std::byte> voxels_;
};

} // namespace lapilli::image
