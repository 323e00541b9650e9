// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/grid_property.hpp"

#include <algorithm>
#include <cmath>

namespace lapilli::property {

namespace {

/// @param value  of an axis
template <class Property, class Value>
GridValues values_of(const Property& property, Value&& value)
{
    GridValues values{.converged = property.converged()};
    for (std::size_t a = 0; a < 3; ++a) {
        const auto& axis = property.axes[a];
        if (axis && axis->percolates)
            values.axes[a] = GridValue{value(*axis), axis->converged, axis->error_estimate, axis->iterations};
    }
    return values;
}

} // namespace

GridValues grid_values(const Permeability& permeability)
{
    auto values = values_of(permeability, [](const AxisPermeability& k) { return k.voxel2; });
    if (permeability.tensor) values.tensor = permeability.tensor->voxel2;
    return values;
}

GridValues grid_values(const Diffusivity& diffusivity)
{
    auto values = values_of(diffusivity, [](const AxisDiffusivity& d) { return d.relative; });
    if (diffusivity.tensor) values.tensor = diffusivity.tensor->relative;
    return values;
}

GridProperty grid_property(const PermeabilityOptions& options)
{
    auto own = options;
    own.take_flow = {};
    return {.name = "permeability",
            .order = 1,
            .flat_order = 2,
            .left =
                [](double, double narrow, const image::Walls& walls) {
                    return walls.steps ? std::max(0.75 * walls.one_voxel_wide, 1.4 * std::pow(narrow, -2))
                                       : 0.18 * std::max(walls.one_voxel_wide, std::pow(narrow, -4));
                },
            .of_two_cells = 4,
            .solve =
                [own](const image::PoreSpace& pores, const std::string& step, const Progress& progress) mutable {
                    parallel::Stopwatch watch; // the stages of the image stay its own
                    own.steps.property = step;
                    return grid_values(measure_permeability(pores, image::connect(pores), own, watch, progress));
                }};
}

GridProperty grid_property(const DiffusivityOptions& options)
{
    auto own = options;
    own.take_concentration = {};
    return {.name = "diffusivity",
            .order = 1.25,
            .flat_order = 1.25,
            .left = [](double shift, double, const image::Walls&) { return std::abs(shift) / 6; },
            .of_two_cells = 1,
            .solve =
                [own](const image::PoreSpace& pores, const std::string& step, const Progress& progress) mutable {
                    own.steps.property = step;
                    constexpr double porosity = 1; // it matters for the tortuosity only
                    parallel::Stopwatch watch;
                    return grid_values(measure_diffusivity(pores, image::connect(pores), porosity, own, watch, progress));
                }};
}

} // namespace lapilli::property
