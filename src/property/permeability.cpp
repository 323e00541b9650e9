// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/permeability.hpp"

#include "error.hpp"
#include "property/remaining_time.hpp"
#include "solve/stokes_solver.hpp"

#include <algorithm>

namespace lapilli::property {

namespace {

/// What a measurement works with.
struct Task {
    const image::PoreSpace& pores;
    const image::Connectivity& connectivity;
    const PermeabilityOptions& options;
    parallel::Stopwatch& watch;
    const Progress& progress;
};

AxisPermeability solve(const Task& task, const solve::StokesProblem& problem, solve::StokesPreconditioner& preconditioner,
                       std::vector<Float4>* solution)
{
    const auto& shape = task.pores.shape();
    const auto volume = static_cast<double>(shape.voxels());
    const double area = volume / static_cast<double>(shape.along(problem.axis()));
    RemainingTime remaining(task.options.accuracy);
    const auto report = solve::solve_stokes(
        problem, preconditioner, {.accuracy = task.options.accuracy, .max_iterations = task.options.max_iterations},
        [&](const solve::SolveState& state) {
            const double value = state.energy / volume;
            if (task.progress)
                task.progress({"permeability", problem.axis(), state.iteration, state.residual, value,
                               value * state.error_estimate, remaining.after(state)});
        },
        solution);
    AxisPermeability result{.percolates = true,
                            .converged = report.converged,
                            .voxel2 = report.conductance / volume,
                            .error_estimate = report.error_estimate,
                            .iterations = report.iterations,
                            .momentum_residual = report.momentum_residual,
                            .mass_residual = report.mass_residual,
                            .by_mean_flux = report.flow.mean_flux / volume,
                            .by_inlet_flux = report.flow.inlet_flux / area,
                            .by_outlet_flux = report.flow.outlet_flux / area,
                            .pore_velocity =
                                report.flow.along_axis / static_cast<double>(problem.grid().pores().total_pores())};
    if (report.flow.along_axis > 0) result.hydraulic_tortuosity = report.flow.speed / report.flow.along_axis;
    return result;
}

AxisPermeability measure_sealed(const Task& task, Axis axis)
{
    task.watch.start("trim");
    const image::PoreSpace connected(task.pores.comm(), task.pores.shape(),
                                     image::trim(task.pores, task.connectivity, axis));
    task.watch.start("flow setup");
    const solve::StaggeredGrid grid(connected, axis);
    const solve::StokesProblem problem(grid, axis, task.options.walls);
    solve::StokesPreconditioner preconditioner(problem);
    task.watch.start("flow solve");
    return solve(task, problem, preconditioner, nullptr);
}

/// One preconditioner serves the gradients along all axes.
Tensor measure_periodic(const Task& task, std::array<std::optional<AxisPermeability>, 3>& axes)
{
    if (task.pores.total_pores() == task.pores.shape().voxels())
        throw input_error(
            "the image has no walls, so nothing resists the flow; expected solid voxels as well; check --pore, or "
            "use --boundary sealed");
    task.watch.start("trim");
    const image::PoreSpace winding(task.pores.comm(), task.pores.shape(), image::trim(task.pores, task.connectivity),
                                   Boundary::periodic);
    if (winding.total_pores() == 0) return {};
    task.watch.start("flow setup");
    const solve::StaggeredGrid grid(winding, std::nullopt);
    solve::StokesProblem problem(grid, Axis::x, task.options.walls);
    solve::StokesPreconditioner preconditioner(problem);
    task.watch.start("flow solve");
    std::array<std::vector<Float4>, 3> x;
    for (const Axis axis : all_axes) {
        if (!task.connectivity.percolates(axis)) continue;
        problem.turn_to(axis);
        preconditioner.turn_to(axis);
        axes[static_cast<std::size_t>(axis)] = solve(task, problem, preconditioner, &x[static_cast<std::size_t>(axis)]);
    }
    auto tensor = solve::conductance_tensor(problem, x);
    for (auto& row : tensor)
        for (auto& value : row) value /= static_cast<double>(task.pores.shape().voxels());
    return tensor;
}

} // namespace

bool Permeability::converged() const
{
    return std::all_of(axes.begin(), axes.end(), [](const auto& axis) { return !axis || axis->converged; });
}

bool Permeability::percolates() const
{
    return std::any_of(axes.begin(), axes.end(), [](const auto& axis) { return axis && axis->percolates; });
}

Permeability measure_permeability(const image::PoreSpace& pores, const image::Connectivity& connectivity,
                                  const PermeabilityOptions& options, parallel::Stopwatch& watch, const Progress& progress)
{
    const Task task{pores, connectivity, options, watch, progress};
    Permeability result{.boundary = pores.beyond(), .walls = options.walls};
    if (pores.beyond() == Boundary::periodic) {
        result.axes.fill(AxisPermeability{});
        const Tensor tensor = measure_periodic(task, result.axes);
        result.tensor = PermeabilityTensor{tensor, principal(tensor)};
        for (std::size_t a = 0; a < 3; ++a) result.axes[a]->voxel2 = tensor[a][a];
    } else {
        for (const Axis axis : options.axes) {
            auto& along = result.axes[static_cast<std::size_t>(axis)].emplace();
            if (connectivity.percolates(axis)) along = measure_sealed(task, axis); // else an answer: nothing flows
        }
    }
    watch.stop();
    return result;
}

} // namespace lapilli::property
