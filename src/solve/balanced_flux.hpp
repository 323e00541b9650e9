// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solve/laplace.hpp"
#include "solve/multigrid.hpp"

#include <optional>
#include <vector>

namespace lapilli::solve {

/// An upper bound of r·A⁻¹r, which is how far the energy of a field with the residual r is above its minimum: twice the
/// energy of one flux that carries r to the faces with fixed values (Thomson's principle: no flux that does has less). It is
/// made level by level: what the aggregates have to pass on to one another is decided on their own, coarser, network and
/// goes through the faces between them by their couplings; what is then out of balance inside an aggregate is balanced
/// there, with the least energy. That alone is farther from the least the more levels there are; so one of the first levels
/// starts from potentials that its own cycles find, and passes on only what they leave.
/// Absent where the coarsest network is too large to be balanced exactly. Collective; the same bits on any number of ranks.
std::optional<double> energy_bound(const LaplaceProblem& problem, Multigrid<LaplaceProblem>& multigrid, const float* r);
std::optional<double> energy_bound(const LaplaceProblem& problem, Multigrid<LaplaceProblem>& multigrid, const double* r);

} // namespace lapilli::solve
