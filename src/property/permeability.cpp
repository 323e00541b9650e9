// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/permeability.hpp"

#include "core/error.hpp"
#include "property/record.hpp"
#include "property/remaining_time.hpp"
#include "property/shortest_edges.hpp"
#include "solve/stokes_solver.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

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

/// Passes on the field: means of the fluxes through opposite faces at the centres, and the pressure with its mean fall.
void give_flow(const Task& task, const solve::StokesProblem& problem, std::vector<Float4>& x)
{
    if (!task.options.take_flow) return;
    task.watch.start("fields");
    const auto& pores = problem.grid().pores();
    const Axis axis = problem.axis();
    const auto length = static_cast<double>(pores.shape().along(axis));
    const auto count = static_cast<std::size_t>(pores.pores());
    FlowField field{std::vector<float>(3 * count), std::vector<float>(3 * count), std::vector<float>(count),
                    std::vector<float>(count)};
    Float4 scale{}; // the solver's mean gradient is 1 a voxel, its velocities are in edges along them
    for (const Axis a : all_axes) scale[static_cast<int>(a)] = static_cast<float>(pores.edges().along(a) / length);
    problem.for_each_centre(x, [&](std::int32_t pore, Float4 centre, Float4 faces) {
        const auto at = static_cast<std::size_t>(pore);
        centre *= scale;
        faces *= scale;
        for (std::size_t lane = 0; lane < 3; ++lane) {
            field.velocity[3 * at + lane] = centre[static_cast<int>(lane)];
            field.face_velocity[3 * at + lane] = faces[static_cast<int>(lane)];
        }
        field.speed[at] = std::sqrt(centre[0] * centre[0] + centre[1] * centre[1] + centre[2] * centre[2]);
    });
    for (const auto& b : pores.owned_bricks())
        brick::for_each_pore(b, [&](int row, int column, int pore) {
            const auto at = static_cast<std::size_t>(b.first + pore);
            const double to_outlet = length - 0.5 - static_cast<double>(pores.coordinate(b, axis, row, column));
            field.pressure[at] = static_cast<float>((to_outlet + static_cast<double>(x[at][3])) / length);
        });
    task.options.take_flow(axis, pores, field);
    task.watch.start("flow solve");
}

/// Made when the first axis needs it.
using Preconditioner = std::optional<solve::StokesPreconditioner>;

AxisPermeability solve(const Task& task, const solve::StokesProblem& problem, Preconditioner& preconditioner,
                       std::vector<Float4>& x)
{
    if (!preconditioner) preconditioner.emplace(problem);
    preconditioner->turn_to(problem.axis());
    task.watch.start("flow solve");
    const double edge = task.pores.edges().along(problem.axis());
    const double volume = static_cast<double>(task.pores.shape().voxels()) / (edge * edge);
    const double area = volume / static_cast<double>(task.pores.shape().along(problem.axis()));
    auto report = solve::solve_stokes(problem, *preconditioner,
                                      {.accuracy = task.options.accuracy,
                                       .residual = task.options.take_flow ? residual_of_fields : 0,
                                       .max_iterations = task.options.max_iterations},
                                      telling(task.progress, "permeability", problem.axis(), volume, task.options.accuracy),
                                      task.options.steps.along(problem.axis()));
    x = std::move(report.x);
    AxisPermeability result{.percolates = true,
                            .converged = report.converged,
                            .voxel2 = report.conductance / volume,
                            .error_estimate = report.error.relative,
                            .error_estimate_by = std::string(solve::name(report.error.by)),
                            .iterations = report.iterations,
                            .momentum_residual = report.momentum_residual,
                            .mass_residual = report.mass_residual,
                            .by_mean_flux = report.flow.mean_flux / volume,
                            .by_inlet_flux = report.flow.inlet_flux / area,
                            .by_outlet_flux = report.flow.outlet_flux / area,
                            .pore_velocity =
                                edge * report.flow.along_axis / static_cast<double>(problem.grid().pores().total_pores())};
    if (report.flow.along_axis > 0) result.hydraulic_tortuosity = report.flow.speed / report.flow.along_axis;
    return result;
}

/// The solve along the axis of the problem, or what is remembered of it. Collective.
/// @param x     gets the field
/// @param keep  the field, too, until the run is done
AxisPermeability solve_or_recall(const Task& task, const solve::StokesProblem& problem, Preconditioner& preconditioner,
                                 std::vector<Float4>& x, bool keep)
{
    const auto& grid = problem.grid();
    const auto step = task.options.steps.along(problem.axis());
    x = grid.make_field<Float4>();
    if (const auto known = step.recall(solve::slices_of(grid, x))) return permeability_from(*known);
    x = {};
    const auto result = solve(task, problem, preconditioner, x);
    if (keep)
        step.finish(record_of(result), solve::slices_of(grid, x));
    else
        step.finish(record_of(result));
    return result;
}

AxisPermeability measure_sealed(const Task& task, Axis axis)
{
    const bool field_wanted = static_cast<bool>(task.options.take_flow);
    if (!field_wanted)
        if (const auto known = task.options.steps.along(axis).recall()) return permeability_from(*known);
    tell_setup(task.progress, "permeability", axis);
    task.watch.start("trim");
    const image::PoreSpace connected(task.pores, image::trim(task.pores, task.connectivity, axis));
    task.watch.start("flow setup");
    const auto& normal = task.options.normal;
    const solve::StaggeredGrid grid(connected, axis, normal != axis ? normal : std::nullopt);
    const solve::StokesProblem problem(grid, axis, task.options.walls);
    Preconditioner preconditioner;
    std::vector<Float4> x;
    const auto result = solve_or_recall(task, problem, preconditioner, x, field_wanted);
    give_flow(task, problem, x);
    return result;
}

/// One preconditioner serves the gradients along all axes.
Tensor measure_periodic(const Task& task, std::array<std::optional<AxisPermeability>, 3>& axes)
{
    if (task.pores.total_pores() == task.pores.shape().voxels())
        throw input_error(
            "the image has no walls, so nothing resists the flow; expected solid voxels as well; check --pore, or "
            "use --boundary sealed");
    tell_setup(task.progress, "permeability");
    task.watch.start("trim");
    const image::PoreSpace winding(task.pores, image::trim(task.pores, task.connectivity));
    if (winding.total_pores() == 0) return {};
    task.watch.start("flow setup");
    const solve::StaggeredGrid grid(winding, std::nullopt);
    solve::StokesProblem problem(grid, Axis::x, task.options.walls);
    Preconditioner preconditioner;
    std::array<std::vector<Float4>, 3> x;
    for (const Axis axis : all_axes) {
        if (!task.connectivity.percolates(axis)) continue;
        problem.turn_to(axis);
        const auto a = static_cast<std::size_t>(axis);
        axes[a] = solve_or_recall(task, problem, preconditioner, x[a], true); // the tensor needs all three fields
        give_flow(task, problem, x[a]);
    }
    auto tensor = solve::conductance_tensor(problem, x);
    in_shortest_edges(tensor, task.pores);
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
    Permeability result{.boundary = pores.beyond(), .walls = options.walls, .normal = options.normal};
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
