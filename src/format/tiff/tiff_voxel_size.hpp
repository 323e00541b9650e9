// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/tiff/tiff_description.hpp"
#include "format/tiff/tiff_file.hpp"
#include "format/voxel_size.hpp"

#include <optional>

namespace lapilli::format {

/// The voxel size by the page at which `tiff` stands, the first source that speaks:
/// 1. a line "voxel_size_m=5.345e-06" (what this program writes; three numbers are z, y, x);
/// 2. OME's PhysicalSizeX, -Y, -Z with their units;
/// 3. the "unit" of ImageJ or of tifffile's JSON, with the resolution tags in the plane and the "spacing" between the
/// planes;
/// 4. the resolution tags in pixels per inch, cm, mm (unit 4) or µm (unit 5), which say nothing of z: cubes are assumed.
/// Resolutions that programs write without being asked (72, 96, 100, 150, 300, 600 dpi; 1 mm or 1 inch a pixel) say nothing.
/// Where two sources contradict each other, or a unit is not known, a remark names what stands there: a size is never
/// invented.
/// @param unit  ResolutionUnit as it stands in the file, see resolution_unit()
VoxelSize tiff_voxel_size(TiffFile& tiff, const TiffDescription& description, std::optional<int> unit);

} // namespace lapilli::format
