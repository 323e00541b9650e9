// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/conversion.hpp"
#include "image/region_reader.hpp"

#include <string>
#include <vector>

namespace lapilli::image {

/// Of a value that voxels of a type do not hold: "no voxel of type u8 can be 300". @param whole  whether it is a whole
/// number
std::string why_not(format::VoxelType type, const std::string& value, bool whole);

/// Reads layers of a part of an image and converts them: relabelled, of the new type, downsampled, turned.
class ConvertedLayers {
public:
    /// All of these must outlive it.
    ConvertedLayers(format::ImageReader& reader, const Region& region, const Conversion& conversion,
                    const ConvertedShapes& shapes);

    format::VoxelType type() const { return type_; } ///< of what is written
    /// The voxels of such planes of the coarse image, turned. @throws Error a damaged file, a voxel that the type cannot
    /// hold
    std::vector<std::byte> make(PlaneRange coarse);
    /// Reads a stream to its end: only then it is known to be whole.
    void finish() { planes_.finish(); }

private:
    std::vector<std::byte> recoded(std::vector<std::byte> voxels, std::int64_t first_plane) const;
    std::vector<std::byte> downsampled(std::vector<std::byte> voxels, std::int64_t planes) const;
    std::vector<std::byte> turned(std::vector<std::byte> voxels, std::int64_t planes) const;
    Error cannot_hold(const std::string& value, std::int64_t voxel, const std::string& why, const char* advice) const;

    const format::ImageDescription& file_;
    const Region& region_;
    const Conversion& conversion_;
    const ConvertedShapes& shapes_;
    RegionReader<std::byte> planes_;
    format::VoxelType type_;
};

} // namespace lapilli::image
