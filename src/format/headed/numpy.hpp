// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/formats.hpp"
#include "format/headed/voxel_block.hpp"

namespace lapilli::format {

/// What the header of NumPy's .npy says of an array, which may be none of voxels.
struct NumpyArray {
    VoxelBlock block;                       ///< with the offset of the voxels behind the first byte of the header
    std::optional<Shape> shape;             ///< nothing: it is no image
    std::optional<VoxelType> type;          ///< nothing: it is not of numbers that are read
    std::vector<std::int64_t> lengths = {}; ///< z, y, x
    std::string type_name = {};
};

/// Axes are z, y, x, as they are everywhere here; in Fortran's order z is the fastest in the file.
/// @param text  the first bytes of the array's file, any
/// @throws Error what is no such header
NumpyArray parse_numpy(std::string_view text, const std::string& path);

/// The voxels of an array that is an image. @throws Error it is none
VoxelBlock voxels_of(const NumpyArray& array, const std::string& path);

std::unique_ptr<ImageReader> open_numpy(Candidate candidate);

} // namespace lapilli::format
