// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/ghost_layers.hpp"
#include "geometry/known_bricks.hpp"
#include "geometry/tiles.hpp"
#include "morphology/weights.hpp"

namespace lapilli::geometry {

/// The largest ball that covers each pore: max{ s(c) : |x - c|² < s(c) }, at least s(x), where s(c) is the squared radius of
/// the ball of centre c. Of squared distances this is the squared local thickness (as a radius), of squared access the
/// radius at which drainage invades. No halo of the largest radius: a ball that matters goes to the ranks that it touches,
/// and to no other. Collective.
/// @param levels  of the own bricks
template <class Level>
Tiles<Level> paint_balls(const KnownBricks& known, const GhostLayers& ghosts, Tiles<Level> levels,
                         const morphology::Weights& weights);

} // namespace lapilli::geometry
