// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "multigrid/chebyshev.hpp"
#include "solve/brick_rows.hpp"
#include "solve/coarse_levels.hpp"

#include <utility>
#include <vector>

namespace lapilli::solve {

/// What a pass over the finest level shows of one brick: arrays that the problem made.
struct ArrayPass {
    std::int32_t brick = 0;
    std::int32_t first = 0;      ///< place in fields of its first value
    std::int32_t count = 0;      ///< values
    const float* self = nullptr; ///< x_i of the field that is swept; absent, like the sums, in passes without neighbours
    const float* sums = nullptr; ///< Σ_j c_ij x_j
    const float* diagonals = nullptr;
    const float* inverses = nullptr; ///< 1/diagonal
    /// Where the sums are Σ_j c_ij (x_j - x_i): what else A x has, times x_i; absent: the sums are as above.
    const float* fixed = nullptr;
    /// What a constant correction looks like in the unknowns; absent: 1.
    const float* scale = nullptr;

    float x(std::int32_t i) const { return self[i]; }
    float sum(std::int32_t i) const { return sums[i]; }
    float own(std::int32_t i) const { return fixed != nullptr ? fixed[i] : diagonals[i]; } ///< A x = own x - sum
    float inverse(std::int32_t i) const { return inverses[i]; }
    float scaled(std::int32_t i, float value) const { return scale != nullptr ? scale[i] * value : value; }
};

/// One cycle of aggregation multigrid as a preconditioner.
///
/// A Problem is a symmetric M-matrix on the pores of a brick-wise distributed image. It has a Value, pores(), make_field(),
/// sweep(field, visit), sweep_scaled(r, factor, scratch, visit) and for_each_brick(visit), which call visit(pass) with
/// something that has what ArrayPass has, and coarsen_finest().
template <class Problem>
class Multigrid {
public:
    using Value = typename Problem::Value;

    /// Collective.
    explicit Multigrid(const Problem& problem, const CycleOptions& options = {})
        : problem_(problem), options_(options),
          coarse_(problem.pores().comm(), coarsen_finest(problem, options.strength, fine_),
                  brick_levels + problem.pores().aligned(), options)
    {
    }

    /// z = M r; `work` is scratch; all have room for ghosts, and those of r may be filled. z and work may be swapped.
    /// Collective.
    /// @param visit  called in the last pass as visit(pass, r, z), r and z from the pass's first value on, for sums over
    /// both and for what is to be added to z
    template <class Visit>
    void apply(Value* r, std::vector<Value>& z, std::vector<Value>& work, Visit&& visit);
    void apply(Value* r, std::vector<Value>& z, std::vector<Value>& work)
    {
        apply(r, z, work, [](const auto&, const Value*, Value*) {});
    }

    /// After turn_to() of the problem, of strength 0: what depends on the couplings to fixed values. Collective.
    void renew_fixed() { coarse_.renew_fixed(problem_.fixed_of_aggregates(fine_, coarse_.first_nodes())); }

    const FineAggregates& fine() const { return fine_; }
    CoarseLevels<Value>& coarse() { return coarse_; }
    std::vector<std::int64_t> nodes_of_levels() const { return coarse_.nodes_of_levels(); }
    std::size_t bytes() const { return fine_.of_pore.size() * 2 + fine_.first_node.size() * 4 + coarse_.bytes(); }

private:
    static constexpr int brick_levels = 4; // levels whose blocks lie inside bricks

    void restrict_residual(const Value* r, std::vector<Value>& z);
    void add_correction(std::vector<Value>& z, const Value* correction);

    const Problem& problem_;
    CycleOptions options_;
    FineAggregates fine_;
    CoarseLevels<Value> coarse_;
};

} // namespace lapilli::solve

#include "solve/multigrid_cycle.hpp"
