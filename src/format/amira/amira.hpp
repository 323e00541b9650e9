// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/formats.hpp"
#include "format/headed/voxel_block.hpp"

namespace lapilli::format {

/// A regular lattice of an Amira mesh (.am of Amira and Avizo): numbers as bytes in either order, packed by HxByteRLE or
/// HxZip or not; of several per voxel the first. Axes are x, y, z. The bounding box goes through the middles of the
/// outermost voxels; lengths are in the unit of "Coordinates".
/// @param text  the file's first bytes, any
/// @throws Error other meshes, numbers as words, another packing
VoxelBlock parse_amira(std::string_view text, const std::string& path);

std::unique_ptr<ImageReader> open_amira(Candidate candidate);

} // namespace lapilli::format
