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

std::optional<double> pressure(const Fluids& fluids, double radius, const std::optional<double>& edge_m)
{
    return edge_m && radius > 0 ? std::optional(fluids.pressure_pa(radius * *edge_m)) : std::nullopt;
}

Json curve_json(const Drainage::Curve& curve, const Fluids& fluids, const std::optional<double>& edge_m)
{
    Json json = Json::object();
    property::for_each_quantity<Drainage::Curve>([&](const auto& quantity) {
        if (std::string_view(quantity.unit) != "length")
            json[quantity.key] = quantity.of(curve);
        else
            for (const auto& form : length_forms(edge_m))
                json[quantity.key + form.suffix] = form.edge ? Json(*form.edge * quantity.of(curve)) : Json();
    });
    if (!curve.traps) json["residual_saturation"] = nullptr;
    json["entry_pressure_pa"] = value_or_null(pressure(fluids, curve.entry(), edge_m));
    json["breakthrough_pressure_pa"] = value_or_null(pressure(fluids, curve.breakthrough, edge_m));
    Json points{{"radius_voxels", Json::array()}, {"pressure_pa", Json::array()}, {"saturation", Json::array()}};
    if (curve.traps) points["saturation_with_trapping"] = Json::array();
    for (const auto& point : curve.points) {
        points["radius_voxels"].push_back(point.radius);
        points["pressure_pa"].push_back(value_or_null(pressure(fluids, point.radius, edge_m)));
        points["saturation"].push_back(curve.saturation(point.invaded));
        if (curve.traps) points["saturation_with_trapping"].push_back(curve.saturation(point.escaped));
    }
    json["curve"] = points;
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
    std::vector<text::TextColumn> table{{{drainage.mercury ? "mercury" : "drainage"}, false}};
    property::for_each_quantity<Drainage::Curve>([&](const auto& quantity) {
        const bool length = std::string_view(quantity.unit) == "length";
        table.push_back({{length ? fmt::format("{} [{}]", quantity.head, unit.name) : quantity.head}});
    });
    if (edge_m) table.push_back({{"entry"}});
    if (edge_m) table.push_back({{"breakthrough"}});
    for_each_curve(drainage, [&](const std::string& what, const Drainage::Curve& curve) {
        auto column = table.begin();
        (column++)->cells.push_back(what);
        property::for_each_quantity<Drainage::Curve>([&](const auto& quantity) {
            const bool length = std::string_view(quantity.unit) == "length";
            (column++)->cells.push_back(number(quantity.of(curve) * (length ? unit.edge : 1), 4));
        });
        if (!edge_m) return;
        (column++)->cells.push_back(pressure_text(pressure(fluids, curve.entry(), edge_m)));
        (column++)->cells.push_back(pressure_text(pressure(fluids, curve.breakthrough, edge_m)));
    });
    const auto fluid_line = fmt::format("{}: {} N/m, {}°\n", fluids.name, fluids.tension_n_per_m, fluids.angle_degrees);
    return text::text_table(table) + text::wrapped(fluid_line, columns);
}

std::string drainage_csv(const Drainage& drainage, const Fluids& fluids, const std::optional<double>& edge_m)
{
    std::string csv = "axis,radius_voxels,radius_m,pressure_pa,saturation,saturation_with_trapping\n";
    const auto cell = [](const std::optional<double>& value) { return value ? fmt::format("{}", *value) : std::string(); };
    for_each_curve(drainage, [&](const std::string& what, const Drainage::Curve& curve) {
        for (const auto& point : curve.points)
            csv += fmt::format("{},{},{},{},{},{}\n", what, point.radius,
                               cell(edge_m ? std::optional(point.radius * *edge_m) : std::nullopt),
                               cell(pressure(fluids, point.radius, edge_m)), curve.saturation(point.invaded),
                               cell(curve.traps ? std::optional(curve.saturation(point.escaped)) : std::nullopt));
    });
    return csv;
}

} // namespace lapilli::report
