// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/pore_space.hpp"

namespace lapilli::image {

struct Walls {
    /// Whether solid juts out into the pores somewhere: two neighbours of a pore at right angles are pores, and the voxel
    /// that touches both is solid. Slits and ducts have no such steps, voxelised grains have many.
    bool steps = false;
    double one_voxel_wide = 0; ///< part of the pores that have walls on both sides along an axis, but across a plane
};

/// Collective.
Walls walls_of(const PoreSpace& pores);

} // namespace lapilli::image
