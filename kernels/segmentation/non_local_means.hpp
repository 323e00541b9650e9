// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "segmentation/plane_stack.hpp"

#include <span>

namespace lapilli::segmentation {

inline constexpr int search = 3;             ///< voxels to either side in which alike patches are looked for
inline constexpr int patch = 1;              ///< voxels to either side of a patch
inline constexpr int reach = search + patch; ///< of non-local means

/// Non-local means (A. Buades, B. Coll, J.-M. Morel, Multiscale Model. Simul. 4, 490, 2005): the mean of the 7x7x7 voxels
/// around each voxel of a plane, each weighted by how alike the 3x3x3 voxels around both are. With d the mean squared
/// difference of two patches and s the noise, the weight is exp(-max(0, d - 2 s^2) / (0.8 s)^2), for which (1 - t / 32)^32
/// stands.
/// @param noise  standard deviation, above 0. @param out  shape (ny, nx)
void non_local_means(const PlaneStack<Level, reach>& stack, float noise, std::span<Level> out);

} // namespace lapilli::segmentation
