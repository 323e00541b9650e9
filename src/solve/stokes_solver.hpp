// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solve/conjugate_gradients.hpp"
#include "solve/flow_error.hpp"
#include "solve/laplace.hpp"
#include "solve/memory.hpp"
#include "solve/multigrid.hpp"
#include "solve/stokes.hpp"
#include "solve/velocity.hpp"
#include "tensor/tensor.hpp"

#include <array>
#include <functional>
#include <memory>
#include <vector>

namespace lapilli::solve {

/// What can be reached with velocities and pressures in float without losing iterations to rounding. In nearly closed pores
/// (overlapping spheres, 240³ voxels, φ .030) floats take 77 iterations to 1e-5 and 113 to 1e-6, double 38 and 57.
inline constexpr double accuracy_of_flow_in_floats = 1e-4;

/// What stands for the inverse of K. In the velocities one W-cycle; in the pressures -(I + P⁻¹): the identity for the short
/// waves and, for the long ones, Darcy flow P with the local hydraulic conductance w of every face (after Cahouet and
/// Chabard 1988, with a conductance that varies in space). P is a Laplace problem of the product law.
class StokesPreconditioner {
public:
    /// Collective. @param inverse  what stands for the inverses of both blocks
    explicit StokesPreconditioner(const StokesProblem& problem, Inverse inverse = Inverse::cycle);
    /// As StokesProblem::turn_to.
    void turn_to(Axis axis) { pressure_->turn_to(axis); }

    VelocityProblem& velocity() { return velocity_; }
    Multigrid<VelocityProblem>& velocity_cycle() { return velocity_cycle_; }
    LaplaceProblem& pressure() { return *pressure_; }
    Multigrid<LaplaceProblem>& pressure_cycle() { return *pressure_cycle_; }

    /// z = M r; `work` is scratch, and all have room for ghosts. z and work may be swapped. Collective.
    void apply(const StokesProblem& problem, const std::vector<Float4>& r, std::vector<Float4>& z,
               std::vector<Float4>& work);

    /// z = one velocity cycle for the velocities that r - G p drives, and p for its pressures; `work` is scratch.
    /// Collective.
    /// @param r  called as r(row)
    /// @param p  of each pore, with room for ghosts
    template <class Rows>
    void drive_velocities(const StokesProblem& problem, Rows&& r, std::vector<float>& p, std::vector<Float4>& z,
                          std::vector<Float4>& work);

    std::size_t bytes() const;

private:
    std::vector<float> conductance_root(const StokesProblem& problem);

    VelocityProblem velocity_;
    Multigrid<VelocityProblem> velocity_cycle_;
    std::unique_ptr<LaplaceProblem> pressure_;
    std::unique_ptr<Multigrid<LaplaceProblem>> pressure_cycle_;
    std::vector<Float4> rhs_;
    std::vector<float> p_, p_work_;
};

template <class Rows>
void StokesPreconditioner::drive_velocities(const StokesProblem& problem, Rows&& r, std::vector<float>& p,
                                            std::vector<Float4>& z, std::vector<Float4>& work)
{
    problem.subtract_gradient(r, p, rhs_);
    velocity_cycle_.apply(rhs_.data(), z, work, [&](const auto& pass, const Float4*, Float4* u) {
        if (pass.first >= problem.grid().first_outlet()) return;
        const float* pressure = p.data() + pass.first;
        for (std::int32_t i = 0; i < pass.count; ++i) u[i][3] = pressure[i];
    });
}

/// Sums over a velocity field, for a unit mean gradient, in units of viscosity and voxels.
struct FlowSummary {
    double mean_flux = 0;  ///< over all faces of the axis, opening times velocity: k by it, times the volume
    double inlet_flux = 0; ///< over the inlet plane alone (sealed only)
    double outlet_flux = 0;
    double speed = 0;      ///< over all cells, |u| at the centre [shortest edge]
    double along_axis = 0; ///< over all cells, u along the axis [shortest edge]
};
/// Collective.
FlowSummary summarize_flow(const StokesProblem& problem, std::vector<Float4>& x);

/// The outcome of a flow solve: a value, also when it did not converge.
struct FlowReport {
    bool converged = false;
    int iterations = 0;
    double conductance = 0; ///< b·x + x·r, whose error is that of the field squared: k times the volume [voxel²·voxels]
    FlowError error;        ///< of that, relative, estimated
    double momentum_residual = 1; ///< ‖r_u‖ / ‖b‖, recomputed
    double mass_residual = 0;     ///< ‖r_p‖ / ‖b‖
    FlowSummary flow;
    std::vector<Float4> x; ///< velocities and pressures, with room for ghosts
    std::size_t bytes = 0; ///< of vectors and hierarchies on this rank
    FlowHistory history;   ///< by iteration, from 0
};

/// Generalised conjugate residuals keeping one direction, on float vectors with exact sums in double, from a Darcy flow with
/// local conductances as the start. Collective; the same bits on any number of ranks.
/// @param step  where it goes on from the last restart point that is known
FlowReport solve_stokes(const StokesProblem& problem, StokesPreconditioner& preconditioner, const StoppingRule& rule,
                        const Observer& observe = {}, const Step& step = {});

/// The owned part of a field on the grid: what is kept of it. @tparam Value  Float4 or Double4
template <class Value>
std::vector<parallel::Slice> slices_of(const StaggeredGrid& grid, std::vector<Value>& field)
{
    using Number = std::conditional_t<std::is_same_v<Value, Float4>, float, double>;
    const std::span all(field);
    std::vector<parallel::Slice> slices{parallel::slice_of<Number>("cells", all.first(grid.pores().pores()))};
    if (grid.flow())
        slices.push_back(parallel::slice_of<Number>("outlets", all.subspan(grid.first_outlet(), grid.outlets())));
    return slices;
}

/// Conductances between the flows of unit mean gradients along x, y, z in a periodic image: divided by the volume, the
/// permeability. With K x_i = b_i and r_i = b_i - K x_i recomputed in double,
///     Q_ij = b_i·x_j + x_i·r_j,
/// whose error is quadratic in those of the fields. It is symmetric but for rounding; the mean of Q_ij and Q_ji is returned.
/// @param x  by axis, with room for ghosts; empty: nothing flows along it, and its row and column are zero
/// Collective. Leaves the gradient of the problem along z.
Tensor conductance_tensor(StokesProblem& problem, PerAxis<std::vector<Float4>>& x);

} // namespace lapilli::solve
