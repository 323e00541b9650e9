// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/voxel_edges.hpp"
#include "io/tiff_file.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lapilli::io {

struct VoxelSize {
    std::optional<VoxelEdges> edges_m;
    std::vector<std::string> remarks; ///< what is odd about it, a sentence each
};

/// The value of the line "key=value" of a page's description text; nothing if there is no such line.
std::optional<std::string_view> description_value(std::string_view description, std::string_view key);

/// The description text of the page at which `tiff` stands, empty if none. Valid until another page is taken.
std::string_view tiff_description(TiffFile& tiff);

/// The voxel size by the page at which `tiff` stands, the first source that speaks:
/// 1. a line "voxel_size_m=5.345e-06" (what this program writes);
/// 2. ImageJ's "unit=" with the resolution tags in the plane and "spacing=" (default: 1 unit) between the planes;
/// 3. the resolution tags in pixels per cm or inch, which say nothing of z: cubes are assumed.
/// Resolutions of screens and printers (72, 96, 150, 300, 600 dpi; 1 per unit), which programs write without asking, are
/// ignored.
VoxelSize tiff_voxel_size(TiffFile& tiff);

} // namespace lapilli::io
