// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"
#include "image/label_slab.hpp"
#include "image/recipe.hpp"
#include "parallel/communicator.hpp"

#include <cstdint>
#include <vector>

namespace lapilli::image {

/// The labels of a recipe, the same on any number of ranks. Random porosities are met by counting: blobs to the nearest
/// voxel, spheres to the nearest number of spheres. Collective.
/// @throws Error with exit code 2 and a sentence, when the recipe makes no sense; memory that runs out
LabelSlab generate(const parallel::Communicator& comm, const Recipe& recipe);

/// Voxels of the whole image by label, 256 numbers. Collective.
std::vector<std::int64_t> label_counts(const parallel::Communicator& comm, const LabelSlab& image);

} // namespace lapilli::image
