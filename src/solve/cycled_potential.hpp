// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solve/coarse_levels.hpp"

#include <cstddef>
#include <vector>

namespace lapilli::solve {

/// A potential on a coarse level, of its rows and ghosts, whose flux nearly carries a residual: what two cycles from there
/// on find, with the steps of conjugate gradients. Collective over the level's ranks; the same bits on any number of them.
/// @param residual  of the rows; what the flux carries is taken from it
std::vector<double> cycled_potential(CoarseLevels<float>& coarse, std::size_t level, std::vector<double>& residual);

} // namespace lapilli::solve
