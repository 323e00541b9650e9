// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "multigrid/aggregate.hpp"
#include "parallel/communicator.hpp"
#include "parallel/exchange.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace lapilli::solve {

/// A level of the hierarchy while it is being built: the rows of this rank, the numbers of all nodes, and the places of the
/// ghosts. Nodes of all ranks are numbered along the Morton curve of
/// the level's grid, but that nodes of outlets follow those of their brick.
template <class Value>
struct LevelGraph {
    parallel::Communicator comm = parallel::Communicator::self(); ///< who shares the rows; self: every rank has them all
    multigrid::Graph<Value> graph;
    std::vector<std::uint64_t> code;         ///< per row, Morton code on the level's grid
    std::vector<std::int64_t> first_of_rank; ///< size ranks + 1
    std::vector<std::int64_t> ghost_numbers; ///< ascending; ghost k stands at padded_rows(rows) + k
    parallel::Exchange halo;

    std::int64_t total() const { return first_of_rank.back(); }
    std::int64_t first() const { return first_of_rank[comm.rank()]; }
    /// Number of a local index while there are `rows` rows, and back.
    std::int64_t number(std::int32_t local, std::int32_t rows) const;
    std::int32_t local_index(std::int64_t number, std::int32_t rows) const;

    /// Says how many rows each rank has. Collective.
    void share_rows(std::int32_t rows);
    /// Makes places for the ghosts with these numbers (any order, repeated) and the messages that fill them. Collective.
    void add_ghosts(std::vector<std::int64_t> numbers, std::int32_t rows);
};

/// An entry of a row while it is being summed up.
template <class Value>
struct Entry {
    std::int64_t number = 0; ///< of the column: its order is the order of the row
    std::int32_t column = 0;
    Wide<Value> coupling{};
};

/// Appends one row whose entries are distinct.
template <class Value>
void append_row(multigrid::Graph<Value>& graph, std::span<Entry<Value>> row, Wide<Value> dirichlet);

/// The next level: aggregates of nodes in 2 x 2 x 2 blocks, couplings summed (Galerkin with piecewise constants); `parent`
/// gets the local index of each row's aggregate, or -1. Blocks must be whole on each rank. Collective.
template <class Value>
LevelGraph<Value> coarsen(const LevelGraph<Value>& fine, float strength, std::vector<std::int32_t>& parent);

/// The same of given aggregates. Collective.
template <class Value>
LevelGraph<Value> coarsen(const LevelGraph<Value>& fine, multigrid::Aggregates aggregates,
                          std::vector<std::int32_t>& parent);

/// The same level with all rows on every rank. Collective.
template <class Value>
LevelGraph<Value> gather(const LevelGraph<Value>& level);

} // namespace lapilli::solve
