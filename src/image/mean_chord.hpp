// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/pore_space.hpp"

#include <array>

namespace lapilli::image {

/// Mean length of the runs of pore voxels along x, y, z [voxels]: pore voxels / runs; 0 without pores. A run ends at the
/// border of a sealed image and goes on beyond that of a periodic one. Collective.
PerAxis<double> mean_chords(const PoreSpace& pores);

} // namespace lapilli::image
