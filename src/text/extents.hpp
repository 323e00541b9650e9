// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Where the voxels of an image are, as people type it: every function throws an Error (exit code 2) whose sentence names the
// text.
#pragma once

#include "core/crop.hpp"
#include "core/shape.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace lapilli::text {

/// "NZxNYxNX", "NZ,NY,NX", or "nx=400,ny=400,nz=400" in any order. All extents positive and at most 2^21, the product below
/// 2^62.
Shape parse_shape(const std::string& text);

/// "z0:z1,y0:y1,x0:x1", half-open; an end that is left out is the end of the image: ":,:,10:20". By axis: x, y, z.
PerAxis<Crop> parse_crop(const std::string& text);

/// Bytes before the first voxel of a raw file: a count from 0 on; nothing for "auto".
std::optional<std::int64_t> parse_header(const std::string& text);

} // namespace lapilli::text
