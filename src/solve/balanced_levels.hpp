// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solve/coarse_levels.hpp"
#include "sum/exact_sum.hpp"

#include <optional>
#include <vector>

namespace lapilli::solve {

/// A flux on one level that carries a residual to the fixed values: couplings times these drops.
///
/// Real: float where nodes conduct alike, double where little must not drown in much.
template <class Real>
struct LevelFlux {
    std::vector<Real> drop;   ///< along each entry of the matrix, from the row to the column
    std::vector<Real> ground; ///< from each row to the fixed values
};

/// On the first coarse level, see energy_bound(). Collective.
/// @param coarse    its levels are scratch, too
/// @param residual  of this rank's rows
/// @param energy    gets what this rank has to add to twice the energy
/// @return nothing where the coarsest level is too large, or does not come into balance
template <class Real>
std::optional<LevelFlux<Real>> balance(CoarseLevels<float>& coarse, std::vector<double> residual, sum::ExactSum& energy);

} // namespace lapilli::solve
