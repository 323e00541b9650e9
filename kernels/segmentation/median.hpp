// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "segmentation/plane_stack.hpp"

#include <span>

namespace lapilli::segmentation {

/// The median of each voxel of a plane and the 6 that share a face with it. @param out  shape (ny, nx)
void median_of_7(const PlaneStack<Level>& stack, std::span<Level> out);

/// The median of the 3x3x3 voxels around each voxel of a plane. @param out  shape (ny, nx)
void median_of_27(const PlaneStack<Level>& stack, std::span<Level> out);

} // namespace lapilli::segmentation
