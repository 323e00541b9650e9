// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/voxel_size.hpp"

namespace lapilli::format {

/// Whether so many pixels per metre are what programs write that know nothing of the image: 72, 96, 100, 150, 300, 600 dpi,
/// or one pixel per mm, inch or metre.
bool is_usual_density(double per_metre);

/// Cubes by pixels of x by y [m], of a file that says nothing of z; a remark where they are no squares.
VoxelSize cubes_of_pixels(double x_m, double y_m);

/// The same by pixels per metre, which say nothing where they are usual, or none.
VoxelSize cubes_of_density(double x_per_metre, double y_per_metre);

/// The number with the six digits that single precision has.
double six_digits(double value);

} // namespace lapilli::format
