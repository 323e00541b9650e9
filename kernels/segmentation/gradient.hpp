// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "segmentation/plane_stack.hpp"

#include <span>

namespace lapilli::segmentation {

/// The length of the gradient at each voxel of a plane by Sobel's differences over two voxels, weighted (1, 2, 1) along the
/// other axes. In such units that a step over all levels in all axes is 65535. Rounded down. @param out  shape (ny, nx)
void gradient(const PlaneStack<Level>& stack, std::span<Level> out);

} // namespace lapilli::segmentation
