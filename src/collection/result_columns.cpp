// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "collection/result_columns.hpp"

#include <fmt/format.h>

namespace lapilli::collection {

namespace {

using Columns = std::vector<Column>;

/// What a column is called, and its key beside an axis.
struct Quantity {
    std::string name;
    std::string key;
};

void add(Columns& to, const std::string& name, const std::string& place)
{
    to.push_back({name, {results::Place("/result/" + place)}});
}

/// What a run is known by.
void add_identity(Columns& to)
{
    const auto add_always = [&](const char* name, const char* place) {
        to.push_back({name, {results::Place(place)}, true});
    };
    add_always("image_path", "/image/path");
    add_always("image_format", "/image/format");
    add_always("image_digest", "/image/digest");
    add_always("program_version", "/program/version");
    add_always("nz_voxels", "/image/shape/0");
    add_always("ny_voxels", "/image/shape/1");
    add_always("nx_voxels", "/image/shape/2");
    add_always("voxel_size_m", "/image/voxel_size_m");
    add_always("pore_labels", "/image/pore");
    to.push_back({"crop", {results::Place("/image/crop")}});
    to.push_back({"conductivity", {results::Place("/image/conductivity")}});
    add_always("boundary", "/result/porosity/boundary");
    add_always("porosity", "/result/porosity/total");
}

void add_percolation(Columns& to)
{
    for (const Axis axis : all_axes)
        add(to, fmt::format("connected_porosity_{}", name(axis)), fmt::format("porosity/connected/{}", name(axis)));
    for (const Axis axis : all_axes)
        add(to, fmt::format("percolates_{}", name(axis)), fmt::format("percolation/{}/percolates", name(axis)));
    add(to, "components", "percolation/components");
    add(to, "largest_component_voxels", "percolation/largest_voxels/0");
}

void add_axes(Columns& to, const std::string& property, const std::vector<Quantity>& quantities)
{
    for (const auto& quantity : quantities)
        for (const Axis axis : all_axes)
            to.push_back({fmt::format("{}_{}", quantity.name, name(axis)), places_of(property, quantity.key, axis)});
}

/// The six entries of a symmetric tensor.
void add_tensor(Columns& to, const std::string& property, const std::string& column, const std::string& tensor)
{
    for (const Axis row : all_axes)
        for (const Axis along : all_axes)
            if (row <= along)
                to.push_back(
                    {fmt::format("{}_{}{}", column, name(row), name(along)), {entry_of(property, tensor, row, along)}});
}

/// The numbers to quote of a property, and how far they may be off.
void add_summary(Columns& to, const std::string& property, const std::vector<Quantity>& quantities)
{
    auto all = quantities;
    for (const char* part : {"solver", "grid", "sample", "segmentation"})
        all.push_back({fmt::format("{}_summary_{}", property, part), fmt::format("parts/{}", part)});
    for (const char* key : {"grid_shift", "made_by", "note"})
        all.push_back({fmt::format("{}_summary_{}", property, key), key});
    for (const auto& quantity : all)
        for (const Axis axis : all_axes)
            to.push_back({fmt::format("{}_{}", quantity.name, name(axis)), {quote_of(property, quantity.key, axis)}});
}

/// How the numbers of a property were found, and what the grid does to them.
std::vector<Quantity> quality(const std::string& property)
{
    std::vector<Quantity> all;
    for (const char* key : {"converged", "solver_error_estimate", "iterations"}) all.push_back({property + "_" + key, key});
    for (const char* key :
         {"blocks", "blocks_left_out", "edge_voxels", "ratio", "spread", "sample", "segmentation", "solver_error_estimate"})
        all.push_back({fmt::format("{}_correction_{}", property, key), fmt::format("correction/{}", key)});
    all.push_back({property + "_fine_converged", "two_grid/converged"});
    for (const char* key : {"solver_error_estimate", "iterations"})
        all.push_back({fmt::format("{}_fine_{}", property, key), fmt::format("two_grid/{}_2", key)});
    return all;
}

void add_diffusivity(Columns& to)
{
    add_summary(to, "diffusivity",
                {{"diffusivity_summary_relative", "value"},
                 {"formation_factor_summary", "formation_factor"},
                 {"tortuosity_summary", "tortuosity"}});
    add_axes(to, "diffusivity",
             {{"diffusivity_relative", "relative"},
              {"diffusivity_effective", "effective"},
              {"formation_factor", "formation_factor"},
              {"tortuosity", "tortuosity"},
              {"diffusivity_relative_corrected", "correction/relative_corrected"},
              {"diffusivity_relative_fine", "two_grid/relative_2"},
              {"diffusivity_relative_extrapolated", "two_grid/relative_extrapolated"}});
    add_tensor(to, "diffusivity", "diffusivity_relative", "tensor");
    add_tensor(to, "diffusivity", "diffusivity_effective", "effective_tensor");
    add_tensor(to, "diffusivity", "diffusivity_relative_fine", "two_grid/tensor_2");
    add_tensor(to, "diffusivity", "diffusivity_relative_extrapolated", "two_grid/tensor_extrapolated");
    for (int i = 0; i < 3; ++i)
        add(to, fmt::format("diffusivity_relative_principal_{}", i + 1), fmt::format("diffusivity/principal/values/{}", i));
    add_axes(to, "diffusivity", quality("diffusivity"));
}

/// In each of its units.
void add_permeability(Columns& to)
{
    add_summary(to, "permeability",
                {{"permeability_summary_md", "value_md"},
                 {"permeability_summary_m2", "value_m2"},
                 {"permeability_summary_voxel2", "value_voxel2"}});
    for (const std::string unit : {"md", "m2", "voxel2"}) {
        add_axes(to, "permeability",
                 {{"permeability_" + unit, "permeability_" + unit},
                  {"permeability_corrected_" + unit, fmt::format("correction/permeability_{}_corrected", unit)},
                  {"permeability_fine_" + unit, fmt::format("two_grid/permeability_{}_2", unit)},
                  {"permeability_extrapolated_" + unit, fmt::format("two_grid/permeability_{}_extrapolated", unit)}});
        add_tensor(to, "permeability", "permeability_" + unit, "tensor_" + unit);
        add_tensor(to, "permeability", "permeability_fine_" + unit, fmt::format("two_grid/tensor_{}_2", unit));
        add_tensor(to, "permeability", "permeability_extrapolated_" + unit,
                   fmt::format("two_grid/tensor_{}_extrapolated", unit));
    }
    for (int i = 0; i < 3; ++i)
        add(to, fmt::format("permeability_principal_voxel2_{}", i + 1),
            fmt::format("permeability/principal/values_voxel2/{}", i));
    add_axes(to, "permeability", {{"hydraulic_tortuosity", "hydraulic_tortuosity"}});
    add_axes(to, "permeability", quality("permeability"));
    add(to, "permeability_walls", "permeability/walls");
}

} // namespace

std::vector<results::Place> places_of(const std::string& property, const std::string& key, Axis axis)
{
    const auto place = [&](const std::string& rest) { return results::Place(fmt::format("/result/{}/{}", property, rest)); };
    return {place(fmt::format("{}/{}", name(axis), key)), place(fmt::format("solves/{}/{}", name(axis), key)),
            place(fmt::format("{}/{}", key, name(axis)))};
}

results::Place quote_of(const std::string& property, const std::string& key, Axis axis)
{
    return results::Place(fmt::format("/summary/{}/{}/{}", property, name(axis), key));
}

results::Place entry_of(const std::string& property, const std::string& tensor, Axis row, Axis column)
{
    return results::Place(
        fmt::format("/result/{}/{}/{}/{}", property, tensor, static_cast<int>(row), static_cast<int>(column)));
}

std::vector<Column> result_columns()
{
    Columns all;
    add_identity(all);
    add_percolation(all);
    add_diffusivity(all);
    add_permeability(all);
    for (const Axis axis : all_axes) { // the same beside both properties
        auto places = places_of("diffusivity", "mean_chord_voxels", axis);
        for (auto& place : places_of("permeability", "mean_chord_voxels", axis)) places.push_back(std::move(place));
        all.push_back({fmt::format("mean_chord_voxels_{}", name(axis)), std::move(places)});
    }
    return all;
}

} // namespace lapilli::collection
