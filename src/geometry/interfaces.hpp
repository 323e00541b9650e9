// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/known_bricks.hpp"
#include "morphology/interfaces.hpp"

namespace lapilli::geometry {

/// What lies beside what in an image whose voxels all belong to one of several phases: whole numbers, the same on any number
/// of ranks, and on every rank. Across the faces of a periodic image, too. Collective.
/// @param known  one ring or more, of a pore space with phases 1 to InterfaceCount::most_phases
morphology::InterfaceCount count_interfaces(const KnownBricks& known);

} // namespace lapilli::geometry
