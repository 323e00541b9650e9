// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/shape.hpp"
#include "image/read.hpp"
#include "io/image_reader.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace lapilli::cli {

/// Texts of the command line to values. All throw Error with exit code 2 and a sentence.

/// "5.345um", "2e-6m", "5.3 µm": metres.
double parse_length(const std::string& text);
/// "400x300x200" (NZxNYxNX) or "nx=200,ny=300,nz=400" in any order.
Shape parse_shape(const std::string& text);
io::VoxelType parse_voxel_type(const std::string& text);
/// "0,1".
std::vector<std::int32_t> parse_labels(const std::string& text);
/// "z0:z1,y0:y1,x0:x1", half-open; an end left out is the image's.
std::array<image::Crop, 3> parse_crop(const std::string& text);
/// "x", "y", "z", "all", or several by comma.
std::vector<Axis> parse_axes(const std::string& text);
/// "85=0.05": label and conductivity.
std::pair<std::int32_t, double> parse_conductivity(const std::string& text);
/// A finite number above zero.
double parse_positive(const std::string& flag, const std::string& text);

}  // namespace lapilli::cli
