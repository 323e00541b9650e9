// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "io/image_reader.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lapilli::cli {

/// What is to be said of the voxel size: not known, no cubes, another one than the file's, or none that a voxel has.
/// @param edge_m  that is used [m]; absent: lengths are in voxels
std::vector<std::string> voxel_warnings(bool by_user, std::optional<double> edge_m, const io::ImageDescription& file);

} // namespace lapilli::cli
