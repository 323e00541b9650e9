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

/// Calls visit(what, curve), what being x, y, z, or all: the curve by chosen faces.
template <class Visit>
void for_each_curve(const Drainage& drainage, Visit&& visit)
{
    for (const Axis axis : all_axes)
        if (const auto& curve = drainage.axes[axis]) visit(std::string(1, name(axis)), *curve);
    if (drainage.whole) visit(std::string("all"), *drainage.whole);
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

/// The ratios of the points that were solved, by their keys.
using Ratio = std::optional<double> Drainage::Curve::Relative::*;
constexpr std::pair<const char*, Ratio> ratios[] = {
    {"diffusivity_non_wetting", &Drainage::Curve::Relative::diffusivity_non_wetting},
    {"diffusivity_wetting", &Drainage::Curve::Relative::diffusivity_wetting},
    {"permeability_non_wetting", &Drainage::Curve::Relative::permeability_non_wetting},
    {"permeability_wetting", &Drainage::Curve::Relative::permeability_wetting}};

Json relative_json(const Drainage::Curve& curve, const Fluids& fluids, const std::optional<double>& edge_m)
{
    Json json{{"radius_voxels", Json::array()}, {"pressure_pa", Json::array()}, {"saturation", Json::array()}};
    for (const auto& point : curve.relative) {
        json["radius_voxels"].push_back(point.radius);
        json["pressure_pa"].push_back(value_or_null(pressure(fluids, point.radius, edge_m)));
        json["saturation"].push_back(point.saturation);
        for (const auto& [key, ratio] : ratios) json[key].push_back(value_or_null(point.*ratio));
    }
    return json;
}

/// A line for each saturation that was solved.
std::string relative_table(const std::string& what, const Drainage::Curve& curve)
{
    std::vector<text::TextColumn> table{{{what}, false},     {{"S"}},      {{"D non-wetting"}}, {{"wetting"}},
                                        {{"k non-wetting"}}, {{"wetting"}}};
    for (const auto& point : curve.relative) {
        table[0].cells.push_back(number(point.radius, 4));
        table[1].cells.push_back(number(point.saturation, 4));
        for (std::size_t i = 0; i < std::size(ratios); ++i) table[2 + i].cells.push_back(number(point.*ratios[i].second, 4));
    }
    return text::text_table(table);
}

Json curve_json(const Drainage::Curve& curve, const Fluids& fluids, const std::optional<double>& edge_m)
{
    Json json = Json::object();
    add_forms(json, curve, edge_m);
    json["entry_pressure_pa"] = value_or_null(pressure(fluids, curve.entry(), edge_m));
    json["breakthrough_pressure_pa"] = value_or_null(pressure(fluids, curve.breakthrough, edge_m));
    json["curve"] = points_json(curve, fluids, edge_m);
    if (!curve.relative.empty()) json["relative"] = relative_json(curve, fluids, edge_m);
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

std::string from_text(const Drainage& drainage)
{
    return drainage.whole ? name(drainage.from) : drainage.from_upper ? "upper" : "lower";
}

std::string cell(const std::optional<double>& value) { return value ? fmt::format("{}", *value) : std::string(); }

} // namespace

Json drainage_json(const Drainage& drainage, const Fluids& fluids, const std::optional<double>& edge_m)
{
    Json json{{"boundary", name(drainage.boundary)},
              {"from", from_text(drainage)},
              {"to", drainage.to.empty() ? Json() : Json(name(drainage.to))},
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
    std::vector<text::TextColumn> table{{{drainage.whole ? "from" : "axis"}, false}};
    property::for_each_quantity<Drainage::Curve>([&](const auto& quantity) {
        const bool length = std::string_view(quantity.unit) == "length";
        if (!*quantity.head) return;
        table.push_back({{length ? fmt::format("{} [{}]", quantity.head, unit.name) : quantity.head}});
    });
    for_each_curve(drainage, [&](const std::string& what, const Drainage::Curve& curve) {
        auto column = table.begin();
        (column++)->cells.push_back(drainage.whole ? from_text(drainage) : what);
        property::for_each_quantity<Drainage::Curve>([&](const auto& quantity) {
            const double scale = std::string_view(quantity.unit) == "length" ? unit.edge : 1;
            const std::optional<double> value = quantity.of(curve);
            if (*quantity.head) (column++)->cells.push_back(number(value ? std::optional(scale * *value) : std::nullopt, 4));
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
    auto out = text::wrapped(notes + "\n", columns) + text::text_table(table);
    for_each_curve(drainage, [&](const std::string& what, const Drainage::Curve& curve) {
        if (!curve.relative.empty())
            out += fmt::format("\n{}", relative_table(fmt::format("radius [voxels] along {}", what), curve));
    });
    return out;
}

std::string relative_csv(const Drainage& drainage, const Fluids& fluids, const std::optional<double>& edge_m)
{
    std::string csv(relative_csv_head);
    for_each_curve(drainage, [&](const std::string& what, const Drainage::Curve& curve) {
        for (const auto& point : curve.relative) {
            csv += fmt::format("{},{},{},{},{}", what, point.radius,
                               cell(edge_m ? std::optional(point.radius * *edge_m) : std::nullopt),
                               cell(pressure(fluids, point.radius, edge_m)), point.saturation);
            for (const auto& [key, ratio] : ratios) csv += "," + cell(point.*ratio);
            csv += "\n";
        }
    });
    return csv;
}

std::string drainage_csv(const Drainage& drainage, const Fluids& fluids, const std::optional<double>& edge_m)
{
    std::string csv(drainage_csv_head);
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
