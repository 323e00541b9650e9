// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solve/laplace.hpp"
#include "tensor/tensor.hpp"

#include <array>
#include <vector>

namespace lapilli::solve {

/// Energies between the fields of unit mean gradients along x, y, z in a periodic image, voxel units: divided by the volume,
/// the effective conductivity. With A g_i = b_i and r_i = b_i - A g_i recomputed in double,
///     E_ij = δ_ij (energy of the unit gradient) - (b_i·g_j + g_i·r_j),
/// whose error -δg_i·A δg_j is quadratic in those of the fields: at most the geometric mean of the errors of E_ii and E_jj.
/// It is symmetric but for rounding; the mean of E_ij and E_ji is returned.
/// @param g  by axis, with room for ghosts; empty: nothing percolates along it, and its row and column are zero
/// Collective. Leaves the gradient of the problem along z.
Tensor energy_tensor(LaplaceProblem& problem, PerAxis<std::vector<float>>& g);

} // namespace lapilli::solve
