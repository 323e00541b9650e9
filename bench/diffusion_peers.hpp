// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solve/laplace.hpp"

namespace lapilli::bench {

/// What the truth is and how near to it a solver must come.
struct Target {
    double unit_gradient = 0; ///< energy before any correction, voxel units
    double energy = 0;        ///< converged
    double accuracy = 1e-4;   ///< of the energy, relative

    double error(double other) const;
    bool reached_by(double other) const { return error(other) <= accuracy; }
};

/// Conjugate gradients with BoomerAMG.
struct BoomerAmg {
    double assembly_s = 0; ///< not counted against it
    double setup_s = 0;
    struct Run {
        int iterations = 0;
        double solve_s = 0;
        double energy = 0;
    };
    Run to_target;   ///< with the loosest tolerance, of steps by half a decade, that reaches the target
    Run to_residual; ///< ‖r‖ <= 1e-6 ‖b‖
};

/// Collective.
BoomerAmg run_boomeramg(const solve::LaplaceProblem& problem, const Target& target);

} // namespace lapilli::bench
