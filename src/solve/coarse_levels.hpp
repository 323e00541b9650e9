// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "multigrid/dense_inverse.hpp"
#include "multigrid/packed_matrix.hpp"
#include "parallel/exchange.hpp"
#include "solve/coarsen.hpp"

#include <concepts>
#include <cstdint>
#include <vector>

namespace lapilli::solve {

enum class Inverse {
    cycle,    ///< one multigrid cycle
    diagonal, ///< that of the diagonal alone, for comparison
};

struct CycleOptions {
    Inverse inverse = Inverse::cycle;
    float over_correction = 1.9F; ///< of the coarse corrections; 1.9 is safe in a W-cycle only
    int visits = 2;               ///< of each level but the first by the one above: 2 makes a W
    /// Of the first coarse level, which costs as much as all others, and over-correction of what comes from it.
    int first_visits = 2;
    float first_over_correction = 1.9F;
    float strength = 0;               ///< see unite_strong() (several phases: 1/10); 0: aggregate over all couplings
    std::int64_t gather_below = 8192; ///< levels with fewer nodes stand on every rank: they cost less than their messages
    /// So do those from this depth on, and are joined by join_cut_off(): else they would shrink as fast only as their visits
    /// grow. Only with strength 0: a contrast of conductivities took several times the iterations.
    int deep = 6;
};

/// All levels below the finest. Aggregates, their numbering and every sum are independent of the number of ranks, and so is
/// the result, to the last bit.
template <class Value>
class CoarseLevels {
public:
    /// @param first         the first coarse level
    /// @param whole_levels  up to this depth no block of nodes straddles ranks
    /// Collective.
    CoarseLevels(const parallel::Communicator& comm, LevelGraph<Value> first, int whole_levels, const CycleOptions& options);

    /// Takes other couplings of the first level's nodes to fixed values, and what follows from them on the other levels: the
    /// same as if made anew, as long as aggregates do not depend on them (strength 0). Collective.
    /// @param fixed  of the nodes that this rank makes
    void renew_fixed(std::vector<Value> fixed) requires std::same_as<Value, float>;
    /// Nodes of the first level that this rank makes.
    std::int32_t first_nodes() const { return levels_.front().made(comm_.rank()); }

    /// Where the residuals summed over this rank's aggregates of the first level go; all zero.
    Value* clear();
    /// The correction at the same places. Collective.
    const Value* solve();
    /// The solution itself, roughly, of what clear() has room for: exact on the coarsest level, and from each level one
    /// visit of the next finer one. Collective.
    const Value* solve_nested();
    /// Visits of a level and of all below it: x from b, both of all its rows. Collective over the level's ranks.
    void cycle(std::size_t level) { cycle(level, options_.visits); }

    std::vector<std::int64_t> nodes_of_levels() const;
    std::size_t bytes() const;

    struct Level {
        explicit Level(LevelGraph<Value>&& graph);

        parallel::Communicator comm;
        multigrid::Matrix<Value> matrix;
        parallel::Exchange halo;
        std::vector<std::int32_t> interior, boundary; ///< slices without and with ghosts
        std::vector<std::int32_t> parent;             ///< of each row, on the next level; held by fixed values: -1
        bool joins = false; ///< the next level is this one, joined by join_cut_off(): only that is visited
        std::vector<Value> x, work, b;
        std::int64_t total = 0;
        /// Where a gathered level's values come from: first node of each rank among all; empty where nothing is gathered.
        std::vector<std::int64_t> pieces;
        std::int32_t first_mine = 0; ///< where this rank's children put their sums
        std::int64_t first = 0;      ///< number of the first row
        std::vector<std::int64_t> ghost_numbers;

        /// Nodes that this rank's children make. @param rank  of all
        std::int32_t made(int rank) const;
        /// Number of the first of the nodes that this rank's children make, and where a node with a number stands.
        std::int64_t first_made() const { return first + first_mine; }
        std::int32_t local_index(std::int64_t number) const;

        template <class Visit>
        void sweep(std::vector<Value>& field, Visit&& visit);
    };

    const parallel::Communicator& comm() const { return comm_; }
    const std::vector<Level>& levels() const { return levels_; }
    std::vector<Level>& levels() { return levels_; }
    /// The inverse of the last level; empty where that is not small.
    const multigrid::DenseInverse<Value>& coarsest() const { return coarsest_; }

private:
    void cycle(std::size_t level, int visits);
    void restrict_to_next(std::size_t level, const std::vector<Value>& values);
    void take_from_next(std::size_t level);
    void visit_level(std::size_t level, bool from_zero);
    void smooth(Level& level, bool from_zero);
    void start_sums(Level& level) const;
    void finish_sums(Level& level) const;

    parallel::Communicator comm_;
    CycleOptions options_;
    std::vector<Level> levels_;
    bool last_is_held_ = false;              ///< by fixed values, node for node: it is only smoothed
    multigrid::Graph<Value> coarsest_graph_; ///< of the last level, where that is small
    multigrid::DenseInverse<Value> coarsest_;
};

} // namespace lapilli::solve
