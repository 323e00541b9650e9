// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/ghost_layers.hpp"
#include "geometry/known_bricks.hpp"
#include "geometry/tiles.hpp"

#include <array>
#include <cstdint>

namespace lapilli::geometry {

/// Where a voxel of a known brick lies in the image, along x, y, z.
std::array<std::int64_t, 3> coordinates_of(const KnownBricks& known, std::uint32_t voxel);
/// Its number in the image, x fastest.
std::int64_t number_of(const KnownBricks& known, std::uint32_t voxel);

/// The way up from each own pore: voxel 4096 * known brick + place of the neighbour with the largest distance, blurred by
/// (1, 2, 1) along each axis, the lowest number in the image among equals; of a summit itself. Without the blur noise of the
/// surface makes twice as many summits. The image is mirrored at sealed faces. The same on any number of ranks. Collective.
/// @param distances  of known bricks, with the ghost layers
template <class Level>
Tiles<std::uint32_t> ways_up(const KnownBricks& known, const GhostLayers& ghosts, const Tiles<Level>& distances);

} // namespace lapilli::geometry
