// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "timed_flow.hpp"

#include <cstdint>

namespace lapilli::bench {

/// Our own solver with the diagonals in place of both multigrid cycles.
struct JacobiFlow {
    bool reached = false;
    int iterations = 0; ///< the first from which on the permeability stays near the truth; not reached: all there were
    double solve_s = 0; ///< until then
};

/// Collective. @param conductance  the truth  @param accuracy  relative, how near
JacobiFlow run_jacobi(const PreparedFlow& flow, double conductance, double accuracy, int max_iterations);

/// The lattice Boltzmann method, followed until it is steady and judged by its own limit.
struct LatticeRun {
    bool steady = false;
    double limit_voxel2 = 0;
    std::int64_t limit_steps = 0; ///< until the permeability changes by less than 1e-6 in 1000 steps
    std::int64_t steps = 0;       ///< the first from which on it stays near that limit
    double setup_s = 0;
    double solve_s = 0; ///< until then, with all measurements of the permeability
    double bytes_per_pore = 0;
};

/// Collective. @param viscosity  lattice units
LatticeRun run_lattice_boltzmann(const image::PoreSpace& pores, Axis axis, double viscosity, double accuracy);

} // namespace lapilli::bench
