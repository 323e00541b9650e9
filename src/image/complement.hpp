// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/pore_space.hpp"

namespace lapilli::image {

/// All voxels of the image that are no pores, each on the rank whose piece of the Morton curve has its brick. Local.
BrickSet complement(const PoreSpace& pores);

/// The voxels outside the sample, on the ranks that own their places. Local.
BrickSet outside_of(const PoreSpace& pores);

} // namespace lapilli::image
