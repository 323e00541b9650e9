// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/known_bricks.hpp"
#include "geometry/tiles.hpp"
#include "morphology/weights.hpp"

#include <cstdint>
#include <variant>

namespace lapilli::geometry {

/// Squared distances; 32 bits where 16 do not hold them.
using Distances = std::variant<Tiles<std::uint16_t>, Tiles<std::uint32_t>>;

/// Squared distance of each pore of the own bricks from its centre to that of the closest solid voxel [w_x dx² + w_y dy² +
/// w_z dz², see Weights], exact. What is beyond a sealed image or outside the sample is not solid; a periodic image goes on.
/// The image must have a solid voxel. Collective.
Distances squared_distances(const image::PoreSpace& pores, const morphology::Weights& weights);

/// The same of all that is open, on the own bricks of pores.open(): exact at the pores and at the 26 neighbours of each,
/// elsewhere perhaps too large. Collective.
Distances open_distances(const image::PoreSpace& pores, const morphology::Weights& weights);

/// Whether a voxel of the image is solid: distances exist.
inline bool has_solid(const image::PoreSpace& pores) { return pores.open().total_pores() < pores.shape().voxels(); }

} // namespace lapilli::geometry
