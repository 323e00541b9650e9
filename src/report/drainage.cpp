// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/drainage.hpp"

#include "property/record.hpp"
#include "report/length_forms.hpp"
#include "report/length_unit.hpp"
#include "report/quote_table.hpp"
#include "text/sentence.hpp"
#include "text/text_table.hpp"

#include <fmt/format.h>

namespace lapilli::report {

namespace {

using Json = nlohmann::ordered_json;
using property::Drainage;
using property::Fluids;
using property::value_or_null;

/// Calls visit(what, curve), what being x, y, z, or all: the curve of mercury.
template <class Visit>
void for_each_curve(const Drainage& drainage, Visit&& visit)
{
    for (const Axis axis : all_axes)
        if (const auto& curve = drainage.axes[axis]) visit(std::string(1, name(axis)), *curve);
    if (drainage.mercury) visit(std::string("all"), *drainage.mercury);
}

std::optional<double> pressure(const Fluids& fluids, const std::optional<double>& radius,
                               const std::optional<double>& edge_m)
{
    return edge_m && radius && *radius > 0 ? std::optional(fluids.pressure_pa(*radius * *edge_m)) : std::nullopt;
}

Json points_json(const Drainage::Curve& curve, const Fluids& fluids, const std::optional<double>& edge_m)
{
    Json json{{"radius_voxels", Json::array()}, {"pressure_pa", Json::array()}, {"saturation", Json::array()}};
    if (curve.breakthrough) json["saturation_with_trapping"] = Json::array();
    for (const auto& point : curve.points) {
        json["radius_voxels"].push_back(point.radius);
        json["pressure_pa"].push_back(value_or_null(pressure(fluids, point.radius, edge_m)));
        json["saturation"].push_back(curve.saturation(point.invaded));
        if (curve.breakthrough) json["saturation_with_trapping"].push_back(curve.saturation(point.escaped));
    }
    return json;
}

Json curve_json(const Drainage::Curve& curve, const Fluids& fluids, const std::optional<double>& edge_m)
{
    Json json = Json::object();
    add_forms(json, curve, edge_m);
    json["entry_pressure_pa"] = value_or_null(pressure(fluids, curve.entry(), edge_m));
    json["breakthrough_pressure_pa"] = value_or_null(pressure(fluids, curve.breakthrough, edge_m));
    json["curve"] = points_json(curve, fluids, edge_m);
    return json;
}

/// "12.3 kPa"
std::string pressure_text(const std::optional<double>& pascals)
{
    if (!pascals) return "-";
    constexpr std::pair<double, const char*> units[] = {{1e6, "MPa"}, {1e3, "kPa"}};
    for (const auto& [one, name] : units)
        if (*pascals >= one) return fmt::format("{:.3g} {}", *pascals / one, name);
    return fmt::format("{:.3g} Pa", *pascals);
}

} // namespace

Json drainage_json(const Drainage& drainage, const Fluids& fluids, const std::optional<double>& edge_m)
{
    Json json{{"boundary", name(drainage.boundary)},
              {"from", drainage.mercury      ? "all"
                       : drainage.from_upper ? "upper"
                                             : "lower"},
              {"fluids",
               {{"name", fluids.name},
                {"tension_n_per_m", fluids.tension_n_per_m},
                {"contact_angle_degrees", fluids.angle_degrees}}}};
    for_each_curve(drainage,
                   [&](const std::string& what, const auto& curve) { json[what] = curve_json(curve, fluids, edge_m); });
    return json;
}

std::string drainage_table(const Drainage& drainage, const Fluids& fluids, const std::optional<double>& edge_m,
                           std::size_t columns)
{
    const auto unit = length_unit(edge_m);
    std::vector<text::TextColumn> table{{{drainage.mercury ? "from" : "axis"}, false}};
    property::for_each_quantity<Drainage::Curve>([&](const auto& quantity) {
        const bool length = std::string_view(quantity.unit) == "length";
        table.push_back({{length ? fmt::format("{} [{}]", quantity.head, unit.name) : quantity.head}});
    });
    for_each_curve(drainage, [&](const std::string& what, const Drainage::Curve& curve) {
        auto column = table.begin();
        (column++)->cells.push_back(what);
        property::for_each_quantity<Drainage::Curve>([&](const auto& quantity) {
            const double scale = std::string_view(quantity.unit) == "length" ? unit.edge : 1;
            const std::optional<double> value = quantity.of(curve);
            (column++)->cells.push_back(number(value ? std::optional(scale * *value) : std::nullopt, 4));
        });
    });
    std::string notes =
        fmt::format("drainage by {} ({} N/m, {}°)", fluids.name, fluids.tension_n_per_m, fluids.angle_degrees);
    if (edge_m)
        for_each_curve(drainage, [&](const std::string& what, const Drainage::Curve& curve) {
            notes += fmt::format("{} {} in at {}", notes.back() == ')' ? ":" : ";", what,
                                 pressure_text(pressure(fluids, curve.entry(), edge_m)));
            if (curve.breakthrough)
                notes += fmt::format(", through at {}", pressure_text(pressure(fluids, curve.breakthrough, edge_m)));
        });
    return text::wrapped(notes + "\n", columns) + text::text_table(table);
}

std::string drainage_csv(const Drainage& drainage, const Fluids& fluids, const std::optional<double>& edge_m)
{
    std::string csv(drainage_csv_head);
    const auto cell = [](const std::optional<double>& value) { return value ? fmt::format("{}", *value) : std::string(); };
    for_each_curve(drainage, [&](const std::string& what, const Drainage::Curve& curve) {
        for (const auto& point : curve.points)
            csv += fmt::format("{},{},{},{},{},{}\n", what, point.radius,
                               cell(edge_m ? std::optional(point.radius * *edge_m) : std::nullopt),
                               cell(pressure(fluids, point.radius, edge_m)), curve.saturation(point.invaded),
                               cell(curve.breakthrough ? std::optional(curve.saturation(point.escaped)) : std::nullopt));
    });
    return csv;
}

} // namespace lapilli::report
