// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/brick.hpp"
#include "brick/tile.hpp"
#include "multigrid/graph.hpp"
#include "multigrid/stretched_grid.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace lapilli::multigrid {

/// Aggregates of the finest level: the connected components inside each 2 x 2 x 2 block of a brick, on the grid where its
/// voxels stand, numbered along the Morton curve of blocks of voxels, then by first voxel. With several phases these are
/// parted into what unite_strong() makes of them (strength 0: not).
struct BrickAggregates {
    std::vector<std::uint16_t> of_pore; ///< aggregate of each pore, canonical order
    std::vector<std::uint16_t> first;   ///< per aggregate: place of its first voxel on the Morton curve of the brick's 16^3
};

/// @param conductivity  of the brick and its halo; nullptr: all pores alike
/// @param fixed         couplings of its pores to fixed values, canonical order; nullptr: none
BrickAggregates aggregate_blocks(const brick::Brick& brick, const StretchedGrid& grid,
                                 const brick::Tile<float>* conductivity, float strength, const float* fixed = nullptr);

/// Aggregates of a coarse level.
struct Aggregates {
    std::vector<std::int32_t> of_node; ///< aggregate of each node, or -1
    std::vector<std::uint64_t> code;   ///< Morton code of each aggregate on its own grid
};

/// Connected components of the nodes in each 2 x 2 x 2 block, parted by unite_strong() where strength is not 0. Blocks must
/// be whole on this rank. Numbered by first node. Of several matrices no node is aggregated whose couplings to fixed values
/// are, in each matrix, a quarter or more of those to its neighbours: smoothing is enough for it (Napov and Notay, SIAM J.
/// Sci. Comput. 34, A1079, 2012, κ = 10).
/// @param code      Morton code of every node
/// @param strength  0 (all neighbours in the graph) where there are several matrices
template <class Value>
Aggregates aggregate(const Graph<Value>& graph, std::span<const std::uint64_t> code, float strength);

/// Joins nodes with their strongest neighbour where that has half of all their couplings to neighbours or more: what the
/// borders of blocks have cut off is joined with what it was cut from. One after the other, each with a node that joins
/// none itself; numbered by that one, which gives the code. All rows must be here.
Aggregates join_cut_off(const Graph<float>& graph, std::span<const std::uint64_t> code);

} // namespace lapilli::multigrid
