// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/voxel_edges.hpp"

#include <string>

namespace lapilli::text {

/// The edges of a voxel [m]: one length, of cubes, or three along x, y, z, each with its unit: "2um,2um,4um",
/// "x=2um,y=2um,z=4um" in any order, "2x2x4um" with one unit for all. As parse_length(). @throws Error with exit code 2,
/// whose sentence names the text
VoxelEdges parse_voxel(const std::string& text);

/// The same, as it is typed, with all digits.
std::string typed_voxel(const VoxelEdges& edges);

} // namespace lapilli::text
