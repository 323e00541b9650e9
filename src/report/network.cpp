// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/network.hpp"

#include "property/permeability_unit.hpp"
#include "property/record.hpp"
#include "report/length_forms.hpp"
#include "report/length_unit.hpp"
#include "report/quote_table.hpp"
#include "study/plane.hpp"
#include "text/sentence.hpp"
#include "text/text_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace lapilli::report {

namespace {

using Json = nlohmann::ordered_json;
using property::PoreNetwork;
using property::value_or_null;

std::optional<double> difference(const std::optional<double>& value, const std::optional<double>& direct)
{
    return value && direct && *direct > 0 ? std::optional(*value / *direct - 1) : std::nullopt;
}
std::optional<double> factor_difference(const PoreNetwork::AlongAxis& along, const DirectValue& direct)
{
    return difference(along.formation_factor(), direct.formation_factor);
}
std::optional<double> permeability_difference(const PoreNetwork::AlongAxis& along, const DirectValue& direct)
{
    return along.percolates ? difference(along.permeability, direct.permeability) : std::nullopt;
}

/// "-4.1 %"
std::string signed_percent(const std::optional<double>& part) { return part ? fmt::format("{:+.1f} %", 100 * *part) : "-"; }

text::TextColumn& add_column(std::vector<text::TextColumn>& table, const std::string& head)
{
    return table.emplace_back(text::TextColumn{{head}});
}

std::string counts_table(const PoreNetwork& network, const LengthUnit& unit)
{
    std::vector<text::TextColumn> table;
    property::for_each_quantity<PoreNetwork>([&](const auto& quantity) {
        const bool length = std::string_view(quantity.unit) == "length";
        const double value = quantity.of(network);
        add_column(table, length ? fmt::format("{} [{}]", quantity.head, unit.name) : quantity.head)
            .cells.push_back(std::string_view(quantity.unit).empty() ? fmt::format("{:.0f}", value)
                                                                     : number((length ? unit.edge : 1) * value, 4));
    });
    return text::text_table(table);
}

std::string flow_table(const PoreNetwork& network, const PerAxis<DirectValue>& direct, const std::optional<double>& edge_m)
{
    const auto unit = property::quoted_unit(edge_m.has_value());
    const auto axes = study::axes_within(network.shape);
    std::vector<text::TextColumn> table{{{"axis"}, false}};
    for (const Axis axis : axes) table.front().cells.emplace_back(1, name(axis));
    const auto add = [&](const std::string& head, auto&& cell) {
        auto& column = add_column(table, head);
        for (const Axis axis : axes) column.cells.push_back(cell(network.axes[axis], direct[axis]));
    };
    const auto any = [&](auto DirectValue::*what) {
        return std::any_of(direct.begin(), direct.end(), [&](const auto& d) { return (d.*what).has_value(); });
    };
    add("F", [](const auto& along, const auto&) { return number(along.formation_factor(), 4); });
    if (any(&DirectValue::formation_factor)) {
        add("solved", [](const auto&, const auto& d) { return number(d.formation_factor, 4); });
        add("off by", [](const auto& along, const auto& d) { return signed_percent(factor_difference(along, d)); });
    }
    add(fmt::format("k [{}]", unit.symbol),
        [&](const auto& along, const auto&) { return number(unit.of(along.permeability, edge_m), 4); });
    if (any(&DirectValue::permeability)) {
        add("solved", [&](const auto&, const auto& d) {
            return number(d.permeability ? unit.of(*d.permeability, edge_m) : std::nullopt, 4);
        });
        add("off by", [](const auto& along, const auto& d) { return signed_percent(permeability_difference(along, d)); });
    }
    return text::text_table(table);
}

/// The largest of the differences, whichever sign they have.
template <class Difference>
std::optional<double> worst(const PoreNetwork& network, const PerAxis<DirectValue>& direct, Difference&& of)
{
    std::optional<double> most;
    for (const Axis axis : all_axes)
        if (const auto part = of(network.axes[axis], direct[axis])) most = std::max(most.value_or(0), std::abs(*part));
    return most;
}

/// What a network is good for on this image.
std::string purpose(const PoreNetwork& network, const PerAxis<DirectValue>& direct)
{
    const auto percolates = [](const auto& along) { return along.percolates; };
    if (std::none_of(network.axes.begin(), network.axes.end(), percolates))
        return "good for counting pores; nothing flows through it, since the pores connect no faces";
    std::string out = "good for a quick look, and for what needs pores and throats; ";
    const auto factor = worst(network, direct, factor_difference);
    const auto permeability = worst(network, direct, permeability_difference);
    if (factor || permeability)
        out += fmt::format(
            "on this image its {}{}{} off by up to {}", factor ? "F" : "", factor && permeability ? " and k" : "",
            permeability && !factor  ? "k is"
            : factor && permeability ? " are"
                                     : " is",
            factor && permeability ? fmt::format("{:.0f} % and {:.0f} %", 100 * *factor, 100 * *permeability)
                                   : fmt::format("{:.0f} %", 100 * factor.value_or(permeability.value_or(0))));
    else
        out += "F is within 10 % and k within 20 % of the solution for the image on two rocks, on others not known";
    if (network.mean_throat_radius < 2)
        out += fmt::format("; its throats have a radius of {:.1f} voxels, too small for more", network.mean_throat_radius);
    return out + "; the number of pores depends on alpha";
}

/// Cells of a line, empty where the unit is not known.
std::string cells(std::initializer_list<std::pair<double, int>> values, const std::optional<double>& edge)
{
    std::string out;
    for (const auto& [value, power] : values) out += edge ? fmt::format(",{}", value * std::pow(*edge, power)) : ",";
    return out;
}

} // namespace

PerAxis<DirectValue> direct_values(const study::Result& study)
{
    PerAxis<DirectValue> values;
    for (const Axis axis : all_axes) {
        if (study.diffusivity && study.diffusivity->axes[axis])
            values[axis].formation_factor = study.diffusivity->axes[axis]->formation_factor;
        if (study.permeability && study.permeability->axes[axis] && study.permeability->axes[axis]->percolates)
            values[axis].permeability = study.permeability->axes[axis]->voxel2;
    }
    return values;
}

Json network_json(const PoreNetwork& network, const PerAxis<DirectValue>& direct, const std::optional<double>& edge_m)
{
    Json json{{"boundary", name(network.boundary)}};
    add_forms(json, network, edge_m);
    for (const Axis axis : all_axes) {
        Json along = Json::object();
        add_forms(along, network.axes[axis], edge_m);
        if (direct[axis].formation_factor)
            along["formation_factor_difference"] = value_or_null(factor_difference(network.axes[axis], direct[axis]));
        if (direct[axis].permeability)
            along["permeability_difference"] = value_or_null(permeability_difference(network.axes[axis], direct[axis]));
        json[std::string(1, name(axis))] = along;
    }
    return json;
}

std::string network_table(const PoreNetwork& network, const PerAxis<DirectValue>& direct,
                          const std::optional<double>& edge_m, std::size_t columns)
{
    return "pore network\n" + counts_table(network, length_unit(edge_m)) + "\n" + flow_table(network, direct, edge_m) +
           text::wrapped(purpose(network, direct) + "\n", columns);
}

std::string pores_csv(const PoreNetwork& network, const std::optional<double>& edge_m)
{
    std::string csv(pores_csv_head);
    for (std::size_t i = 0; i < network.parts.pores.size(); ++i) {
        const auto& p = network.parts.pores[i];
        const auto& e = network.edges;
        csv += fmt::format("{}{},{}{}\n", i + 1,
                           cells({{p.centre[0], 1}, {p.centre[1], 1}, {p.centre[2], 1}, {p.radius, 1}, {p.volume, 3}}, 1),
                           p.throats,
                           cells({{p.centre[0] * e[Axis::x], 1},
                                  {p.centre[1] * e[Axis::y], 1},
                                  {p.centre[2] * e[Axis::z], 1},
                                  {p.radius, 1},
                                  {p.volume, 3}},
                                 edge_m));
    }
    return csv;
}

std::string throats_csv(const PoreNetwork& network, const std::optional<double>& edge_m)
{
    std::string csv(throats_csv_head);
    for (std::size_t i = 0; i < network.parts.throats.size(); ++i) {
        const auto& t = network.parts.throats[i];
        const auto sizes = [&](const std::optional<double>& edge) {
            return cells({{t.radius, 1},
                          {t.area, 2},
                          {t.lengths[0], 1},
                          {t.lengths[1], 1},
                          {t.conductance.diffusive, 1},
                          {t.conductance.hydraulic, 3}},
                         edge);
        };
        csv += fmt::format("{},{},{},{},{},{}{}{}{}\n", i + 1, t.a + 1, t.b + 1, t.steps[0], t.steps[1], t.steps[2],
                           cells({{t.centre[0], 1}, {t.centre[1], 1}, {t.centre[2], 1}}, 1), sizes(1), sizes(edge_m));
    }
    return csv;
}

} // namespace lapilli::report
