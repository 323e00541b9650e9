// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "multigrid/block_faces.hpp"
#include "solve/balanced_levels.hpp"
#include "solve/brick_rows.hpp"
#include "solve/laplace.hpp"

#include <array>
#include <type_traits>
#include <vector>

namespace lapilli::solve {

/// The finest level of energy_bound(): balances inside the aggregates, each of which lies in a block of 2 x 2 x 2 voxels,
/// what the flux between them leaves out of balance there. Real: as in LevelFlux.
template <class Real>
class BalancedBlocks {
public:
    /// Collective. @param level  the first coarse one @param above  the flux on it
    BalancedBlocks(const LaplaceProblem& problem, const FineAggregates& fine, const CoarseLevels<float>::Level& level,
                   const LevelFlux<Real>& above);

    /// Twice the energy inside a brick, of a residual. Local.
    template <class Residual>
    double energy(std::int32_t brick, const Residual* r);

private:
    static constexpr bool alike = std::is_same_v<Real, float>;
    static constexpr int corners = 8; ///< of a block; bits: x, y, z

    double energy_of_block(unsigned pores, std::ptrdiff_t at, const Real* left);
    double energy_of_any(unsigned pores, std::ptrdiff_t at, const Real* left);
    double outflow(std::ptrdiff_t at) const;
    double conductance(std::ptrdiff_t at, std::size_t face) const;

    const LaplaceProblem& problem_;
    const CoarseLevels<float>::Level& level_;
    const LevelFlux<Real>& above_;
    bool whole_;
    multigrid::BlockNetwork<Real> nothing_;
    std::vector<std::int32_t> place_; ///< on the coarse level of the aggregate of each pore and ghost, plus 1: 0 is solid
    // of the brick at work
    multigrid::Places places_;
    const brick::Tile<float>* sigma_ = nullptr;        ///< where pores are not alike
    std::vector<Real> packed_;                         ///< out of balance, of each pore
    std::array<Real, brick::rows * brick::edge> left_; ///< the same of each voxel
};

} // namespace lapilli::solve
