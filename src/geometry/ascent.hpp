// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/ghost_layers.hpp"
#include "geometry/known_bricks.hpp"
#include "geometry/tiles.hpp"
#include "morphology/ascent.hpp"

#include <array>
#include <cstdint>

namespace lapilli::geometry {

/// Where a voxel of a known brick lies in the image, along x, y, z.
std::array<std::int64_t, 3> coordinates_of(const KnownBricks& known, std::uint32_t voxel);
/// Its number in the image, x fastest.
std::int64_t number_of(const KnownBricks& known, std::uint32_t voxel);

/// The distances at own pores, blurred by (1, 2, 1) along each axis: noise of the surface makes twice as many summits
/// without that. The image is mirrored at sealed faces; what is outside the sample has distances as well. Collective.
/// @param open  open_distances(); gets the ghost layers of all that is open
template <class Level>
Tiles<morphology::Key<Level>> blurred(const image::PoreSpace& pores, Tiles<Level>& open);

/// The way up from each own pore: voxel 4096 * known brick + place of the neighbour with the largest key, the lowest number
/// in the image among equals; of a summit itself. The same on any number of ranks. Collective.
/// @param keys  blurred()
template <class Number>
Tiles<std::uint32_t> ways_up(const KnownBricks& known, const GhostLayers& ghosts, Tiles<Number> keys);

} // namespace lapilli::geometry
