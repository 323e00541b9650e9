// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "multigrid/graph.hpp"
#include "parallel/communicator.hpp"
#include "parallel/exchange.hpp"
#include "solve/laplace.hpp"

#include <cstdint>
#include <vector>

namespace lapilli::solve {

/// A level of the hierarchy while it is being built: the rows of this rank, the numbers of all nodes, and the places of the
/// ghosts. Nodes of all ranks are numbered along the Morton curve of the level's grid.
struct LevelGraph {
    parallel::Communicator comm = parallel::Communicator::self(); ///< who shares the rows; self: every rank has them all
    multigrid::Graph graph;
    std::vector<std::uint64_t> code;         ///< per row, Morton code on the level's grid
    std::vector<std::int64_t> first_of_rank; ///< size ranks + 1
    std::vector<std::int64_t> ghost_numbers; ///< ascending; ghost k stands at padded_rows(rows) + k
    parallel::Exchange halo;

    std::int64_t total() const { return first_of_rank.back(); }
    std::int64_t first() const { return first_of_rank[static_cast<std::size_t>(comm.rank())]; }
    /// Number of a local index.
    std::int64_t number(std::int32_t local) const;
};

/// How the pores of the finest level map to the nodes of the first coarse one.
struct FineAggregates {
    std::vector<std::int32_t> first_node; ///< per owned brick: local index of its first aggregate
    std::vector<std::uint16_t> of_pore;   ///< per owned pore: aggregate inside its brick
};

/// The first coarse level: aggregates of pores in 2 x 2 x 2 blocks, couplings summed (Galerkin with piecewise constants).
/// Collective.
LevelGraph coarsen_bricks(const LaplaceProblem& problem, float strength, FineAggregates& aggregates);

/// The next level; `parent` gets the local index of each row's aggregate. Blocks must be whole on each rank. Collective.
LevelGraph coarsen(const LevelGraph& fine, float strength, std::vector<std::int32_t>& parent);

/// The same level with all rows on every rank. Collective.
LevelGraph gather(const LevelGraph& level);

} // namespace lapilli::solve
