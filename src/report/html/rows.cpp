// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/html/rows.hpp"

#include "property/diffusivity.hpp"
#include "property/percolation.hpp"
#include "property/permeability.hpp"
#include "property/quantity.hpp"
#include "property/resolution.hpp"
#include "report/html/row_list.hpp"
#include "report/html/run.hpp"
#include "report/html/shape_rows.hpp"
#include "report/places.hpp"
#include "report/summary.hpp"
#include "report/value_forms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>

namespace lapilli::report::html {

namespace {

using property::for_each_quantity;
using property::Where;

/// A property, by the names that it has in result.json.
struct Named {
    std::string key;   ///< "diffusivity"
    std::string title; ///< "Diffusivity"
    ValueForms forms;
};

void add_pore_space(const Json& result, std::vector<RowGroup>& groups)
{
    RowList rows(result);
    rows.add_whole({.name = "Porosity", .key = "porosity.total", .unit = "1", .help = "pore voxels over all voxels"},
                   "/result/porosity/total");
    rows.add({.name = "Connected porosity",
              .key = "porosity.connected",
              .unit = "1",
              .help = "pores that lead through the image along the axis, over all voxels"},
             [](Axis axis) { return std::array{fmt::format("/result/porosity/connected/{}", name(axis))}; });
    rows.add_quantities<property::Percolation::AlongAxis>("percolation", "", false, [](const auto&) { return true; });
    rows.add_whole(
        {.name = "Components of the image", .key = "percolation.components", .help = "of 6-connected pores, all of them"},
        "/result/percolation/components");
    rows.add_whole(
        {.name = "Largest component", .key = "percolation.largest_voxels", .unit = "voxel", .help = "pores in it"},
        "/result/percolation/largest_voxels/0");
    if (find(result, "/result/pore_size") == nullptr) // which has it, too
        rows.add({.name = "Mean chord", .key = "mean_chord_voxels", .unit = "voxel", .help = "of all pores, along the axis"},
                 [](Axis axis) {
                     auto places = places_of("diffusivity", "mean_chord_voxels", axis);
                     for (auto& place : places_of("permeability", "mean_chord_voxels", axis)) places.push_back(place);
                     return places;
                 });
    rows.finish(groups, "Pore space");
}

void add_quotes(const Json& result, const Named& property, std::vector<RowGroup>& groups)
{
    RowList rows(result);
    const auto add = [&](Row row, const std::string& key) {
        row.key = fmt::format("{}.summary.{}", property.key, key);
        rows.add(std::move(row), [&](Axis axis) { return std::array{quote_place(property.key, key, axis)}; });
    };
    std::string quoted; // the unit of the value to quote
    for (const Axis axis : all_axes)
        if (quoted.empty()) quoted = text_at(result, quote_place(property.key, "unit", axis));
    for (const bool first : {true, false})
        for (const auto& form : property.forms)
            if ((form.unit == quoted) == first)
                add({.name = property.title,
                     .unit = form.unit,
                     .help = first ? "the value to quote" : "the same",
                     .quote = first},
                    form.quote.empty() ? "value" : form.quote);
    for_each_quantity<property::AxisDiffusivity>([&](const auto& quantity) {
        if (property.key == "diffusivity" && quantity.where == Where::key)
            add({.name = titled(quantity.key), .unit = quantity.unit, .help = quantity.help}, quantity.key);
    });
    const bool solved = std::ranges::any_of(all_axes, [&](Axis axis) {
        const auto made_by = text_at(result, quote_place(property.key, "made_by", axis));
        return !made_by.empty() && made_by != "percolation"; // which is exact
    });
    for_each_quantity<Parts>([&](const auto& part) {
        if (!solved) return;
        add({.name = fmt::format("± {}", part.key), .unit = part.unit, .help = part.help, .part = true},
            fmt::format("parts/{}", part.key));
    });
    for_each_quantity<Quote>([&](const auto& quantity) {
        add({.name = titled(quantity.key),
             .unit = quantity.unit,
             .help = quantity.help,
             .part = *quantity.unit != 0,
             .detail = true},
            quantity.key);
    });
    rows.finish(groups, property.title + ", to quote");
}

template <class Along>
void add_solved(const Json& result, const Named& property, std::vector<RowGroup>& groups)
{
    RowList rows(result);
    const auto add_forms = [&](const std::string& in, const std::string& suffix, const std::string& help, bool detail) {
        for (const auto& form : property.forms)
            rows.add({.name = property.title,
                      .key = fmt::format("{}.{}{}{}", property.key, in, form.axis, suffix),
                      .unit = form.unit,
                      .help = help,
                      .detail = detail},
                     [&](Axis axis) {
                         auto places = places_of(property.key, in + form.axis + suffix, axis);
                         if (suffix.empty()) places.push_back(entry_place(property.key, form.tensor, axis, axis));
                         return places;
                     });
    };
    add_forms("", "", "on one cell per voxel", false);
    rows.add_quantities<Along>(property.key, "", false, [](const auto& quantity) {
        return quantity.where != Where::value &&
               (*quantity.head != 0 || std::string_view(quantity.key) == "solver_error_estimate" ||
                std::string_view(quantity.key) == "iterations");
    });
    rows.finish(groups, property.title + ", one cell per voxel, as solved");
    rows.add_quantities<Along>(property.key, "", true, [](const auto& quantity) {
        return quantity.where != Where::value && *quantity.head == 0 &&
               std::string_view(quantity.key) != "solver_error_estimate" && std::string_view(quantity.key) != "iterations";
    });
    add_forms("correction/", "_corrected", "corrected for the grid by blocks", true);
    rows.add_quantities<property::GridCorrection>(property.key, "correction/", true, [](const auto&) { return true; });
    add_forms("two_grid/", "_2", "on two cells per voxel edge", true);
    add_forms("two_grid/", "_extrapolated", "extrapolated from both grids", true);
    rows.add_quantities<property::TwoGrid>(property.key, "two_grid/", true, [](const auto&) { return true; });
    rows.finish(groups, property.title + ", how it was found");
}

std::string csv_quoted(const std::string& text)
{
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
    return out + "\"";
}

std::string csv_cell(const Json* value)
{
    if (value == nullptr || value->is_null()) return "";
    return value->is_string() ? csv_quoted(value->get<std::string>()) : value->dump();
}

Json row_json(const Row& row)
{
    const auto [unit, factor] = shown_unit(row.unit);
    Json json{{"key", row.key},
              {"name", row.name},
              {"unit", row.unit},
              {"help", row.help},
              {"quote", row.quote},
              {"detail", row.detail},
              {"shown", {{"unit", unit}, {"factor", factor}}}};
    if (row.whole != nullptr) json["image"] = *row.whole;
    for (const Axis axis : all_axes)
        if (row.axes[axis] != nullptr) json[std::string(1, name(axis))] = *row.axes[axis];
    return json;
}

} // namespace

ShownUnit shown_unit(const std::string& unit)
{
    constexpr std::pair<const char*, double> powers[] = {{"m", 1e6}, {"1/m", 1e-6}, {"1/m²", 1e-12}, {"1/m³", 1e-18}};
    for (const auto& [metres, factor] : powers)
        if (unit == metres) {
            auto name = unit;
            return {name.insert(name.find('m'), "µ"), factor};
        }
    return {unit, 1};
}

std::vector<RowGroup> rows_of(const Json& result)
{
    std::vector<RowGroup> groups;
    add_pore_space(result, groups);
    add_shape_rows(result, groups);
    const Named d{"diffusivity", "Diffusivity D/D₀", diffusivity_forms()},
        k{"permeability", "Permeability k", permeability_forms({})};
    add_quotes(result, d, groups);
    add_quotes(result, k, groups);
    add_solved<property::AxisDiffusivity>(result, d, groups);
    add_solved<property::AxisPermeability>(result, k, groups);
    return groups;
}

Json json_of(const std::vector<RowGroup>& groups)
{
    auto all = Json::array();
    for (const auto& group : groups) {
        auto rows = Json::array();
        for (const auto& row : group.rows) rows.push_back(row_json(row));
        all.push_back({{"title", group.title}, {"rows", std::move(rows)}});
    }
    return all;
}

std::string csv_of(const std::vector<RowGroup>& groups)
{
    std::string csv = "quantity,unit,image,x,y,z,what\n";
    for (const auto& group : groups)
        for (const auto& row : group.rows)
            csv += fmt::format("{},{},{},{},{},{},{}\n", row.key, row.unit, csv_cell(row.whole), csv_cell(row.axes[Axis::x]),
                               csv_cell(row.axes[Axis::y]), csv_cell(row.axes[Axis::z]), csv_quoted(row.help));
    return csv;
}

} // namespace lapilli::report::html
