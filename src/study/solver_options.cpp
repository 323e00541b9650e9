// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/solver_options.hpp"

#include "property/pore_size.hpp"

namespace lapilli::study {

namespace {

/// A property of all pores, along the axes that were solved.
template <class Property>
PerAxis<std::optional<double>> values_of(const std::optional<Property>& property)
{
    PerAxis<std::optional<double>> values{};
    for (const Axis axis : all_axes)
        if (property && property->axes[axis]) values[axis] = property::value_of(*property->axes[axis]);
    return values;
}

property::BlockValues blocks_of(const std::optional<property::Resolution>& grid)
{
    return grid ? grid->blocks : property::BlockValues{};
}

} // namespace

property::DiffusivityOptions diffusivity_options(const Options& options, const Conductors& conducting, const Result& result)
{
    return {.axes = options.axes,
            .conductivity = conducting.of_phase,
            .accuracy = options.accuracy.value_or(property::DiffusivityOptions{}.accuracy),
            .max_iterations = options.max_iterations,
            .sample_share = result.sample_share()};
}

property::PermeabilityOptions permeability_options(const Options& options, const Result& result)
{
    return {.axes = options.axes,
            .walls = options.walls,
            .normal = normal_of_plane(result.image.shape),
            .accuracy = options.accuracy.value_or(property::PermeabilityOptions{}.accuracy),
            .max_iterations = options.max_iterations,
            .sample_share = result.sample_share()};
}

property::RelativeOptions relative_options(const Options& options, const Conductors& conducting, const Result& result)
{
    if (options.relative == 0) return {};
    return {.stages = options.relative,
            .diffusivity = diffusivity_options(options, conducting, result),
            .permeability = permeability_options(options, result),
            .dry_diffusivity = values_of(result.diffusivity),
            .dry_permeability = values_of(result.permeability)};
}

property::RevOptions rev_options(const Options& options, const Conductors& conducting, const Result& result)
{
    property::RevOptions rev;
    if (options.rev_diffusivity && conducting.of_phase.size() == 1)
        rev.solves.push_back(
            {property::grid_property(diffusivity_options(options, conducting, result)), blocks_of(result.diffusivity_grid)});
    if (options.rev_permeability && options.conductivity.empty())
        rev.solves.push_back(
            {property::grid_property(permeability_options(options, result)), blocks_of(result.permeability_grid)});
    const bool has_solid = result.percolation->porosity() < 1; // else no ball ever ends
    if (has_solid) rev.weights = property::weights_of(result.edge_ratios());
    return rev;
}

} // namespace lapilli::study
