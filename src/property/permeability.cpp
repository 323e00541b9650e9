// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/permeability.hpp"

#include "property/remaining_time.hpp"
#include "solve/stokes_solver.hpp"

#include <algorithm>

namespace lapilli::property {

namespace {

AxisPermeability solve_axis(const image::PoreSpace& connected, Axis axis, const PermeabilityOptions& options,
                            parallel::Stopwatch& watch, const Progress& progress)
{
    const double volume = static_cast<double>(connected.shape().voxels());
    const double area = volume / static_cast<double>(connected.shape().along(axis));

    watch.start("flow setup");
    const solve::StaggeredGrid grid(connected, axis);
    const solve::StokesProblem problem(grid, axis, options.walls);
    solve::StokesPreconditioner preconditioner(problem);

    watch.start("flow solve");
    RemainingTime remaining(options.accuracy);
    const auto report = solve::solve_stokes(problem, preconditioner,
                                            {.accuracy = options.accuracy, .max_iterations = options.max_iterations},
                                            [&](const solve::SolveState& state) {
                                                const double value = state.energy / volume;
                                                if (progress)
                                                    progress({"permeability", axis, state.iteration, state.residual, value,
                                                              value * state.error_estimate, remaining.after(state)});
                                            });
    AxisPermeability result;
    result.percolates = true;
    result.converged = report.converged;
    result.voxel2 = report.conductance / volume;
    result.error_estimate = report.error_estimate;
    result.iterations = report.iterations;
    result.momentum_residual = report.momentum_residual;
    result.mass_residual = report.mass_residual;
    result.by_mean_flux = report.flow.mean_flux / volume;
    result.by_inlet_flux = report.flow.inlet_flux / area;
    result.by_outlet_flux = report.flow.outlet_flux / area;
    result.pore_velocity = report.flow.along_axis / static_cast<double>(connected.total_pores());
    if (report.flow.along_axis > 0) result.hydraulic_tortuosity = report.flow.speed / report.flow.along_axis;
    return result;
}

} // namespace

bool Permeability::converged() const
{
    return std::all_of(axes.begin(), axes.end(), [](const auto& axis) { return !axis || axis->converged; });
}

Permeability measure_permeability(const image::PoreSpace& pores, const image::Connectivity& connectivity,
                                  const PermeabilityOptions& options, parallel::Stopwatch& watch, const Progress& progress)
{
    Permeability result;
    result.walls = options.walls;
    for (const Axis axis : options.axes) {
        auto& along = result.axes[static_cast<std::size_t>(axis)].emplace();
        if (!connectivity.percolates(axis)) continue; // an answer: nothing flows
        watch.start("trim");
        const image::PoreSpace connected(pores.comm(), pores.shape(), image::trim(pores, connectivity, axis));
        along = solve_axis(connected, axis, options, watch, progress);
    }
    watch.stop();
    return result;
}

} // namespace lapilli::property
