// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solve/laplace.hpp"

#include <HYPRE.h>
#include <HYPRE_IJ_mv.h>
#include <HYPRE_parcsr_ls.h>

namespace lapilli::bench {

/// Conjugate gradients preconditioned by BoomerAMG, on the matrix of a problem with one phase: the same unknowns on the same
/// ranks, numbered along them, in double.
class HypreSolver {
public:
    /// Assembles matrix and right-hand side; not part of what is timed. Collective, as is everything here.
    explicit HypreSolver(const solve::LaplaceProblem& problem);
    ~HypreSolver();
    HypreSolver(const HypreSolver&) = delete;
    HypreSolver& operator=(const HypreSolver&) = delete;

    /// Builds the hierarchy.
    void set_up();

    struct Outcome {
        int iterations = 0;
        double residual = 0; ///< ‖r‖ / ‖b‖ as hypre says
        double seconds = 0;
        double gain = 0; ///< by how much the energy is lower than that of the unit gradient, voxel units
    };
    /// From zero to ‖r‖ <= tolerance ‖b‖.
    Outcome solve(double tolerance);

private:
    void assemble(const solve::LaplaceProblem& problem);
    void set_rows(const solve::LaplaceProblem& problem, const std::vector<std::int64_t>& numbers, std::int64_t first);
    double gain();

    MPI_Comm comm_;
    HYPRE_IJMatrix matrix_ = nullptr;
    HYPRE_IJVector b_ = nullptr, x_ = nullptr, work_ = nullptr;
    HYPRE_ParCSRMatrix a_ = nullptr;
    HYPRE_Solver amg_ = nullptr, pcg_ = nullptr;
};

} // namespace lapilli::bench
