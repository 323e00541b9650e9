// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/pore_space.hpp"

namespace lapilli::image {

/// Whether solid juts out into the pores somewhere: two neighbours of a pore at right angles are pores, and the voxel that
/// touches both is solid. Slits and ducts have no such steps, voxelised grains have many. Collective.
bool walls_have_steps(const PoreSpace& pores);

} // namespace lapilli::image
