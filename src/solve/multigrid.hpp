// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "multigrid/dense_inverse.hpp"
#include "multigrid/graph.hpp"
#include "parallel/exchange.hpp"
#include "solve/coarsen.hpp"
#include "solve/laplace.hpp"

#include <memory>
#include <vector>

namespace lapilli::solve {

struct MultigridOptions {
    float over_correction = 1.9F; ///< of the coarse correction; safe in a W-cycle only
    float strength = 0; ///< aggregate only over couplings of at least this part of the largest (several phases: 1/4)
    std::int64_t gather_below = 8192; ///< levels with fewer nodes stand on every rank: they cost less than their messages
};

/// One W-cycle of aggregation multigrid as the preconditioner of conjugate gradients. Aggregates, their numbering and every
/// sum are independent of the number of ranks, and so is the result, to the last bit.
class Multigrid {
public:
    /// Collective.
    Multigrid(const LaplaceProblem& problem, const MultigridOptions& options);

    /// z = M r for the correction that starts from z = Chebyshev::first * r / D (which the caller has set); `work` is
    /// scratch. Both have room for ghosts. Returns in z; z and work may be swapped. Collective.
    /// @param visit  called in the last pass as visit(pass, r, z) for each brick, for sums that need both
    template <class Visit>
    void cycle(const float* r, std::vector<float>& z, std::vector<float>& work, Visit&& visit);

    std::vector<std::int64_t> nodes_of_levels() const;
    std::size_t bytes() const;

private:
    struct Level {
        explicit Level(LevelGraph&& graph);

        parallel::Communicator comm;
        multigrid::SlicedMatrix matrix;
        parallel::Exchange halo;
        std::vector<std::int32_t> interior, boundary; ///< slices without and with ghosts
        std::vector<std::int32_t> parent;             ///< of each row, on the next level
        std::vector<float> x, work, b;
        std::int64_t total = 0;
        /// Where a gathered level's values come from: first node of each rank among all; empty where nothing is gathered.
        std::vector<std::int64_t> pieces;
        std::int32_t first_mine = 0; ///< where this rank's children put their sums

        template <class Visit>
        void sweep(std::vector<float>& field, Visit&& visit);
    };

    void visit_level(std::size_t level, bool from_zero);
    void smooth(Level& level, bool from_zero);
    void start_sums(Level& level) const;
    void finish_sums(Level& level) const;
    void visit_coarse();

    const LaplaceProblem& problem_;
    MultigridOptions options_;
    FineAggregates fine_;
    std::vector<Level> levels_;
    multigrid::DenseInverse coarsest_;
};

} // namespace lapilli::solve

#include "solve/multigrid_cycle.hpp"
