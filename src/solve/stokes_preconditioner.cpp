// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/stokes_solver.hpp"

#include <cmath>

namespace lapilli::solve {

namespace {

constexpr double narrow_pores = 0.028; // share of walls, see VelocityProblem::held_by_walls()

/// A W: with a V, pores of 64 voxels and more take hundreds of iterations instead of ten. Where pores are narrow the walls
/// hold the velocities, and the second visit of the first coarse level is not worth what it costs. Along long voxels it is:
/// without it a cavity between narrow tubes stood still, of voxels of 1 x 1 x 8.
CycleOptions velocity_cycle_options(const VelocityProblem& problem, Inverse inverse)
{
    if (!problem.pores().edges().cubic() || problem.held_by_walls() < narrow_pores) return {.inverse = inverse};
    return {.inverse = inverse, .first_visits = 1, .first_over_correction = 1.3F};
}
constexpr float least_conductance = 1e-3F; // [voxel²]

/// c^(7/8) without the standard library's powf, whose last bit differs between its versions.
Float4 power_seven_eighths(Float4 c) { return c / square_root(square_root(square_root(c))); }

} // namespace

StokesPreconditioner::StokesPreconditioner(const StokesProblem& problem, Inverse inverse)
    : velocity_(problem.grid()), velocity_cycle_(velocity_, velocity_cycle_options(velocity_, inverse))
{
    const auto& pores = problem.grid().pores();
    rhs_ = velocity_.make_field();
    pressure_ = std::make_unique<LaplaceProblem>(pores, problem.axis(), conductance_root(problem));
    pressure_cycle_ = std::make_unique<Multigrid<LaplaceProblem>>(*pressure_, CycleOptions{.inverse = inverse});
    for (auto* v : {&p_, &p_work_}) *v = pores.make_field<float>();
}

/// Local hydraulic conductance: w of one velocity cycle on A w = g, then per cell the mean over its open faces of (g
/// w)^(7/8), each component over the weight of its axis, which the pressures' problem has on its own. Returns its root. More
/// cycles saved iterations in one of 20 axes only.
std::vector<float> StokesPreconditioner::conductance_root(const StokesProblem& problem)
{
    const auto& grid = problem.grid();
    auto w = velocity_.make_field(), work = velocity_.make_field();
    grid.for_each_brick([&](std::int32_t, std::int32_t first, std::int32_t count) {
        for (std::int32_t i = first; i < first + count; ++i)
            rhs_[i] = problem.lower_weights(i) * volume_of(grid.rows()[i], grid.flow());
    });
    velocity_cycle_.apply(rhs_.data(), w, work);

    Float4 of_axis{1, 1, 1, 1};
    for (const Axis axis : all_axes) of_axis[index(axis)] = grid.pores().edges().weight(axis);
    const Float4 least{least_conductance, least_conductance, least_conductance, least_conductance};
    const auto conductance = [&](Int4 open, Float4 weight, Float4 value) {
        const Float4 speed = value / of_axis;
        return open ? power_seven_eighths(weight * (speed < least ? least : speed)) : Float4{};
    };
    auto root = grid.pores().make_field<float>();
    grid.sweep(w.data(), [&](const StaggeredGrid::Block<Float4>& block) {
        if (block.outlets) return;
        const std::uint16_t* around = block.around;
        for (std::int32_t i = 0; i < block.count; ++i, around += 6) {
            const std::int32_t at = block.first + i;
            const Float4 lower = problem.lower_weights(at), upper = problem.upper_weights(at);
            const Float4 above{block.cells[around[1]][0], block.cells[around[3]][1], block.cells[around[5]][2], 0};
            const Int4 open_below = lower != Float4{}, open_above = upper != Float4{};
            const Float4 l = conductance(open_below, lower, block.self[i]), u = conductance(open_above, upper, above);
            const float sum = ((((l[0] + u[0]) + l[1]) + u[1]) + l[2]) + u[2]; // closed faces add nothing
            const Int4 open = open_below + open_above;
            const int count = -(open[0] + open[1] + open[2]);
            root[at] = count > 0 ? std::sqrt(sum / count) : 1.0F;
        }
    });
    return root;
}

void StokesPreconditioner::apply(const StokesProblem& problem, const std::vector<Float4>& r, std::vector<Float4>& z,
                                 std::vector<Float4>& work)
{
    const std::size_t pores = pressure_->pores().pores();
    const auto& root = pressure_->root();

    // 1. pressures; P is solved in the unknowns s p. `work` is not needed before 2.
    auto* p_residual = reinterpret_cast<float*>(work.data());
    for (std::size_t i = 0; i < pores; ++i) p_residual[i] = r[i][3] / root[i];
    pressure_cycle_->apply(p_residual, p_, p_work_, [&](const ArrayPass& pass, const float*, float* p) {
        const Float4* of_brick = r.data() + pass.first;
        const float* s = root.data() + pass.first;
        for (std::int32_t i = 0; i < pass.count; ++i) p[i] = -(of_brick[i][3] + p[i] / s[i]);
    });

    // 2. velocities
    drive_velocities(
        problem, [&](std::int32_t row) { return r[row]; }, p_, z, work);
}

std::size_t StokesPreconditioner::bytes() const
{
    return velocity_cycle_.bytes() + pressure_->bytes() + pressure_cycle_->bytes() + rhs_.size() * sizeof(Float4) +
           2 * p_.size() * sizeof(float);
}

} // namespace lapilli::solve
