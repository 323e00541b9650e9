// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/grid_property.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace lapilli::property {

namespace {

template <class Property>
GridValues values_of(const Property& property)
{
    GridValues values{.converged = property.converged()};
    for (const Axis axis : all_axes)
        if (const auto& along = property.axes[axis]; along && along->percolates)
            values.axes[axis] = GridValue{value_of(*along), along->converged, along->error_estimate, along->iterations};
    return values;
}

/// Passes on the events of a solve in units of voxels.
Progress in_voxels(const Progress& progress, double unit)
{
    if (!progress) return {};
    return [&progress, unit](ProgressEvent event) {
        event.value *= unit;
        event.bound *= unit;
        progress(event);
    };
}

} // namespace

GridValues GridProperty::solve_halved(Run& run, const image::PoreSpace& cells, double to_accuracy) const
{
    const double unit = 1 / of_two_cells;
    Run own{.memory = run.memory, .progress = in_voxels(run.progress, unit), .solves = run.solves};
    auto values = solve(own, cells, to_accuracy);
    std::ranges::move(own.solve_times, std::back_inserter(run.solve_times));
    for (auto& axis : values.axes)
        if (axis) axis->value *= unit;
    if (values.tensor) *values.tensor *= unit;
    return values;
}

GridValues grid_values(const Permeability& permeability)
{
    auto values = values_of(permeability);
    if (permeability.tensor) values.tensor = permeability.tensor->voxel2;
    return values;
}

GridValues grid_values(const Diffusivity& diffusivity)
{
    auto values = values_of(diffusivity);
    if (diffusivity.tensor) values.tensor = diffusivity.tensor->relative;
    return values;
}

GridProperty grid_property(const PermeabilityOptions& options)
{
    auto own = options;
    own.take_field = {};
    own.show_field = {};
    return {.name = "permeability",
            .order = 1,
            .flat_order = 2,
            .left =
                [](const Extrapolation& made, const image::Walls& walls) {
                    if (!walls.steps) return 0.18 * std::max(walls.one_voxel_wide, std::pow(made.narrow, -4));
                    const double of_moved = made.plane ? 0.25 : 0.35 * made.open * made.open;
                    return std::max({0.75 * walls.one_voxel_wide, 1.4 * std::pow(made.narrow, -2), of_moved * made.moved()});
                },
            .of_two_cells = 4,
            .accuracy = options.accuracy,
            .solve =
                [own](Run& run, const image::PoreSpace& pores, double accuracy) mutable {
                    own.accuracy = accuracy;
                    return grid_values(measure_permeability(run, pores, image::connect(pores), own));
                }};
}

GridProperty grid_property(const DiffusivityOptions& options)
{
    auto own = options;
    own.take_field = {};
    own.show_field = {};
    return {.name = "diffusivity",
            .order = 1.25,
            .flat_order = 1.25,
            .left = [](const Extrapolation& made, const image::Walls&) { return std::abs(made.shift) / 6; },
            .of_two_cells = 1,
            .accuracy = options.accuracy,
            .solve =
                [own](Run& run, const image::PoreSpace& pores, double accuracy) mutable {
                    own.accuracy = accuracy;
                    constexpr double porosity = 1; // it matters for the tortuosity only
                    return grid_values(measure_diffusivity(run, pores, image::connect(pores), porosity, own));
                }};
}

} // namespace lapilli::property
