// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "segmentation/plane_stack.hpp"

#include <span>

namespace lapilli::segmentation {

/// The mean of the 3x3x3 voxels around each voxel of a plane, weighted (3, 8, 3) / 14 along each axis: a Gaussian of 0.65
/// voxels. Rounded half up. @param out  shape (ny, nx)
void smooth(const PlaneStack<Level>& stack, std::span<Level> out);

/// One step of the diffusion of P. Perona and J. Malik (IEEE Trans. Pattern Anal. 12, 629, 1990) through the six faces of
/// each voxel of a plane: u += sum of d / (1 + (d / edge)^2) / 7, where d are the differences to the neighbours.
/// @param edge  differences above it are kept. @param out  shape (ny, nx)
void diffuse(const PlaneStack<float>& stack, float edge, std::span<float> out);

} // namespace lapilli::segmentation
