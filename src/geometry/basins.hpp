// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/ghost_layers.hpp"
#include "geometry/known_bricks.hpp"
#include "geometry/tiles.hpp"
#include "morphology/ascent.hpp"
#include "morphology/winding_sets.hpp"
#include "network/graph.hpp"

#include <cstdint>
#include <vector>

namespace lapilli::geometry {

/// The pores divided into basins: all voxels from which the way up leads to the same summit. The same on any number of
/// ranks.
struct Basins {
    struct Summit {
        std::int64_t voxel = 0; ///< number in the image, x fastest
        std::int64_t level = 0; ///< squared distance
    };
    /// Voxels of a basin that see its summit in the same repetition of a periodic image.
    struct Piece {
        std::uint32_t basin = 0;
        morphology::ImageSteps steps{}; ///< so many repetitions further; 0 unless periodic
        friend auto operator<=>(const Piece&, const Piece&) = default;
    };
    std::vector<Summit> summits; ///< of all basins, by voxel, on every rank
    std::vector<Piece> pieces;   ///< of all basins, in order, on every rank
    Tiles<std::uint32_t> piece;  ///< of known bricks, with the ghost layers: 1 + its number; 0: no pore
};

/// Collective.
/// @param distances  of known bricks, with the ghost layers
/// @param keys       what leads up: the distances, blurred()
template <class Level>
Basins find_basins(const KnownBricks& known, const GhostLayers& ghosts, const Tiles<Level>& distances,
                   Tiles<morphology::Key<Level>> keys);

/// Basins, where they touch across faces of voxels, and where they reach faces of a sealed image, on rank 0; nothing on
/// others. Whole numbers, the same on any number of ranks. Collective.
template <class Level>
network::Graph graph_of(const KnownBricks& known, const Basins& basins, const Tiles<Level>& distances,
                        const network::Metric& metric);

} // namespace lapilli::geometry
