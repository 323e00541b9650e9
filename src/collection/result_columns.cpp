// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "collection/result_columns.hpp"

#include "property/drainage.hpp"
#include "property/network.hpp"
#include "property/percolation.hpp"
#include "property/pore_size.hpp"
#include "property/quantity.hpp"
#include "property/rev.hpp"
#include "report/length_forms.hpp"
#include "report/places.hpp"
#include "report/summary.hpp"
#include "report/value_forms.hpp"

#include <fmt/format.h>

#include <type_traits>

namespace lapilli::collection {

namespace {

using property::for_each_quantity;
using property::Where;
using Columns = std::vector<Column>;

void add(Columns& to, const std::string& name, const std::string& place)
{
    to.push_back({name, {results::Place("/result/" + place)}});
}

void add_axes(Columns& to, const std::string& column, const std::string& property, const std::string& key)
{
    for (const Axis axis : all_axes)
        to.push_back({fmt::format("{}_{}", column, name(axis)), places_of(property, key, axis)});
}

/// The columns of a quantity's kind.
/// @param in  object beside the axis, "correction/" for example
template <class Result>
void add_quantities(
    Columns& to, const std::string& property, const std::string& in = "", bool (*chosen)(Where) = [](Where) { return true; })
{
    for_each_quantity<Result>([&](const auto& quantity) {
        if (*quantity.column && chosen(quantity.where))
            add_axes(to, fmt::format(fmt::runtime(quantity.column), property), property, in + quantity.key);
    });
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
    add_quantities<property::Percolation::AlongAxis>(to, "percolation");
    add(to, "components", "percolation/components");
    add(to, "largest_component_voxels", "percolation/largest_voxels/0");
}

/// The columns of a kind of result that has lengths, in each of their forms.
/// @param object  of the result, "pore_size/x" for example
/// @param after   ends the names, "_x" for example
template <class Result>
void add_forms(Columns& to, const std::string& property, const std::string& object, const std::string& after = "")
{
    for_each_quantity<Result>([&](const auto& quantity) {
        for (const auto& form : report::forms_of(quantity.unit, {}))
            add(to, fmt::format(fmt::runtime(quantity.column), property) + form.suffix + after,
                fmt::format("{}/{}{}", object, quantity.key, form.suffix));
    });
}

void add_shape(Columns& to)
{
    add_forms<property::PoreSize>(to, "pore_size", "pore_size");
    for (const std::string axis : {"x", "y", "z"})
        add_forms<property::PoreSize::AlongAxis>(to, "pore_size", "pore_size/" + axis, "_" + axis);
    for (const std::string what : {"x", "y", "z", "all"})
        add_forms<property::Drainage::Curve>(to, "drainage", "drainage/" + what, "_" + what);
    add_forms<property::PoreNetwork>(to, "network", "network");
    for (const std::string axis : {"x", "y", "z"})
        add_forms<property::PoreNetwork::AlongAxis>(to, "network", "network/" + axis, "_" + axis);
}

void add_rev(Columns& to)
{
    using Series = property::Rev::Series;
    for (const std::string quantity : {"porosity", "specific_surface", "mean_radius"})
        add_forms<Series>(to, quantity, "rev/" + quantity);
    for (const std::string quantity : {"diffusivity", "permeability"})
        for (const std::string axis : {"x", "y", "z"})
            add_forms<Series>(to, quantity, fmt::format("rev/{}/{}", quantity, axis), "_" + axis);
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
/// @param values  what a column is called, and its key in the summary
void add_summary(Columns& to, const std::string& property, const std::vector<std::pair<std::string, std::string>>& values)
{
    const auto add_quote = [&](const std::string& column, const std::string& key) {
        for (const Axis axis : all_axes)
            to.push_back({fmt::format("{}_{}", column, name(axis)), {quote_of(property, key, axis)}});
    };
    const auto add_all = [&]<class Result>(std::type_identity<Result>, const std::string& in) {
        for_each_quantity<Result>([&](const auto& quantity) {
            if (*quantity.column) add_quote(fmt::format(fmt::runtime(quantity.column), property), in + quantity.key);
        });
    };
    for (const auto& [column, key] : values) add_quote(column, key);
    add_all(std::type_identity<report::Parts>(), "parts/");
    add_all(std::type_identity<report::Quote>(), "");
}

/// The value in each of its forms, on one cell per voxel, corrected, on two cells, and extrapolated.
void add_values(Columns& to, const std::string& property, const report::ValueForms& forms)
{
    for (const auto& form : forms) {
        const auto column = [&](const char* more) { return fmt::format(fmt::runtime(form.column), more); };
        add_axes(to, column(""), property, form.axis);
        add_axes(to, column("_corrected"), property, fmt::format("correction/{}_corrected", form.axis));
        add_axes(to, column("_fine"), property, fmt::format("two_grid/{}_2", form.axis));
        add_axes(to, column("_extrapolated"), property, fmt::format("two_grid/{}_extrapolated", form.axis));
        add_tensor(to, property, column(""), form.tensor);
        add_tensor(to, property, column("_fine"), fmt::format("two_grid/{}_2", form.tensor));
        add_tensor(to, property, column("_extrapolated"), fmt::format("two_grid/{}_extrapolated", form.tensor));
    }
}

void add_principal(Columns& to, const std::string& column, const std::string& place)
{
    for (int i = 0; i < 3; ++i) add(to, fmt::format("{}_{}", column, i + 1), fmt::format("{}/{}", place, i));
}

/// How the numbers of a property were found, and what the grid does to them.
template <class Along>
void add_quality(Columns& to, const std::string& property)
{
    add_quantities<Along>(to, property, "", [](Where where) { return where == Where::solve; });
    add_quantities<property::GridCorrection>(to, property, "correction/");
    add_quantities<property::TwoGrid>(to, property, "two_grid/");
}

void add_diffusivity(Columns& to)
{
    add_summary(to, "diffusivity",
                {{"diffusivity_summary_relative", "value"},
                 {"formation_factor_summary", "formation_factor"},
                 {"tortuosity_summary", "tortuosity"}});
    add_values(to, "diffusivity", report::diffusivity_forms());
    add_quantities<property::AxisDiffusivity>(to, "diffusivity", "", [](Where where) { return where != Where::solve; });
    add_tensor(to, "diffusivity", "diffusivity_effective", "effective_tensor");
    add_principal(to, "diffusivity_relative_principal", "diffusivity/principal/values");
    add_quality<property::AxisDiffusivity>(to, "diffusivity");
}

void add_permeability(Columns& to)
{
    const auto forms = report::permeability_forms({});
    std::vector<std::pair<std::string, std::string>> quoted;
    for (const auto& form : forms) quoted.emplace_back(fmt::format(fmt::runtime(form.column), "_summary"), form.quote);
    add_summary(to, "permeability", quoted);
    add_values(to, "permeability", forms);
    add_principal(to, "permeability_principal_voxel2", "permeability/principal/values_voxel2");
    add_quality<property::AxisPermeability>(to, "permeability");
    add(to, "permeability_walls", "permeability/walls");
}

} // namespace

std::vector<results::Place> places_of(const std::string& property, const std::string& key, Axis axis)
{
    std::vector<results::Place> places;
    for (const auto& place : report::places_of(property, key, axis)) places.emplace_back(place);
    return places;
}

results::Place quote_of(const std::string& property, const std::string& key, Axis axis)
{
    return results::Place(report::quote_place(property, key, axis));
}

results::Place entry_of(const std::string& property, const std::string& tensor, Axis row, Axis column)
{
    return results::Place(report::entry_place(property, tensor, row, column));
}

std::vector<Column> result_columns()
{
    Columns all;
    add_identity(all);
    add_percolation(all);
    add_shape(all);
    add_diffusivity(all);
    add_permeability(all);
    add_rev(all);
    for (const Axis axis : all_axes) { // the same beside both properties
        auto places = places_of("diffusivity", "mean_chord_voxels", axis);
        for (auto& place : places_of("permeability", "mean_chord_voxels", axis)) places.push_back(std::move(place));
        all.push_back({fmt::format("mean_chord_voxels_{}", name(axis)), std::move(places)});
    }
    return all;
}

} // namespace lapilli::collection
