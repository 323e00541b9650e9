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
/// w_z dz², see Weights], exact. What is beyond a sealed image is not solid; a periodic one goes on. The image must have a
/// solid voxel. Collective.
Distances squared_distances(const image::PoreSpace& pores, const morphology::Weights& weights);

/// Whether a voxel of the image is solid: distances exist.
inline bool has_solid(const image::PoreSpace& pores) { return pores.total_pores() < pores.shape().voxels(); }

} // namespace lapilli::geometry
