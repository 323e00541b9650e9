// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/known_bricks.hpp"
#include "geometry/tiles.hpp"
#include "morphology/balls.hpp"

#include <cstdint>
#include <vector>

namespace lapilli::geometry {

/// Brings the levels of the pores that touch own bricks, at faces, edges or corners, from the ranks that own them.
class GhostLayers {
public:
    /// Local; what each rank sends is what the other expects, since both know the bricks on both sides.
    /// @param known  at least one ring
    explicit GhostLayers(const KnownBricks& known);

    /// Fills the tiles behind the own ones: of each known brick, though only its outer layers. Collective.
    template <class Level>
    void fill(Tiles<Level>& tiles) const;

private:
    /// Voxels of a brick that another rank sees.
    struct Layer {
        int rank;
        std::int32_t brick;
        brick::Mask mask;
    };

    const KnownBricks& known_;
    std::vector<Layer> sent_, received_; ///< by rank, and by their order at the owner
};

/// The levels of one brick and of the voxels around it.
/// @param tiles  of all known bricks
template <class Level>
void gather_shell(const KnownBricks& known, const Tiles<Level>& tiles, std::int32_t brick, morphology::Shell<Level>& shell);

} // namespace lapilli::geometry
