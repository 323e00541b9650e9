// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/axis.hpp"
#include "geometry/ghost_layers.hpp"
#include "geometry/known_bricks.hpp"
#include "geometry/tiles.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace lapilli::geometry {

/// Own voxels, numbered 4096 * brick + place in the brick.
using Voxels = std::vector<std::uint32_t>;

/// The own pores in a face of the image.
Voxels pores_in_face(const KnownBricks& known, Axis axis, bool upper);

/// How wide the widest 6-connected way from any seed to each own voxel is: max over paths of the least width on the path,
/// seed and voxel included; 0 if there is none. The same on any number of ranks, since it is unique. Collective.
/// @param widths  of the own bricks; 0: no way; with room for one more than all known bricks it is not copied
/// @param closed  an axis across whose faces a periodic image does not go on
template <class Level>
Tiles<Level> widest_access(const KnownBricks& known, const GhostLayers& ghosts, Tiles<Level> widths, const Voxels& seeds,
                           std::optional<Axis> closed);

/// The largest level at which a way leads from the lower face of an axis to the upper one: the least width on the widest
/// one; 0 without any. Much faster than to find all ways. Collective.
/// @param widths  of the own bricks
template <class Level>
Level critical_level(const KnownBricks& known, const GhostLayers& ghosts, const Tiles<Level>& widths, Axis axis);

} // namespace lapilli::geometry
