// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/image_reader.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lapilli::study {

/// What is to be said of the voxel size: not known, another one than the file's, or none that a voxel has.
/// @param used  edges [m]; absent: lengths are in voxels
std::vector<std::string> voxel_warnings(bool by_user, const std::optional<VoxelEdges>& used,
                                        const format::ImageDescription& file);

} // namespace lapilli::study
