// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/known_bricks.hpp"
#include "morphology/configurations.hpp"
#include "morphology/fabric.hpp"
#include "morphology/minkowski.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace lapilli::geometry {

/// What lies around a sealed image. A periodic one has no rim.
enum class Rim {
    inside, ///< nothing that counts: only cells whose voxels are all inside, as for densities of a sample
    solid   ///< solid: pores at a face have a surface there, as for whole objects
};

/// The cells of an image by configuration, but for those that have a voxel outside the sample: whole numbers, the same on
/// any number of ranks, and on every rank. Collective.
/// @param known  one ring or more
morphology::Configurations configurations(const KnownBricks& known, Rim rim = Rim::inside);

/// The surface between pores and solid in the cells of each own brick [shortest edges²]; with those of bricks without pores
/// that touch it, if no brick before it has them. Cells inside the image and the sample alone. Collective.
std::vector<double> surface_by_brick(const KnownBricks& known);

/// The Minkowski functionals of the pores of an image.
struct Functionals {
    morphology::Minkowski total; ///< lengths in shortest edges of a voxel
    /// Over how many voxels, for densities: as many as there are cells where only those inside count, (nx - 1) (ny - 1)
    /// (nz - 1) if all is sample, which is 0 of an image one voxel thick; else those of the image.
    std::int64_t voxels = 0;
    std::optional<Tensor> fabric; ///< of the surface; absent: there is none
};

/// Collective; the same bits on any number of ranks.
/// @param known  one ring or more
Functionals functionals(const KnownBricks& known, Rim rim = Rim::inside);

} // namespace lapilli::geometry
