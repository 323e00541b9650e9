// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/pore_size.hpp"

#include "report/length_forms.hpp"
#include "report/length_unit.hpp"
#include "report/property_json.hpp"
#include "report/quote_table.hpp"
#include "text/sentence.hpp"
#include "text/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lapilli::report {

namespace {

using Json = nlohmann::ordered_json;
using property::PoreSize;

/// The classes as they are, or where there are many, as many as that of the same width.
std::vector<PoreSize::Class> shown_classes(const PoreSize& size)
{
    constexpr std::size_t most = 256;
    if (size.classes.size() <= most) return size.classes;
    const double width = size.classes.back().radius / most;
    std::vector<PoreSize::Class> shown;
    for (const auto& [radius, voxels] : size.classes) {
        const double end = width * std::ceil(radius / width - 1e-9);
        if (shown.empty() || shown.back().radius < end) shown.push_back({end, 0});
        shown.back().voxels += voxels;
    }
    return shown;
}

Json distribution_json(const PoreSize& size, const std::optional<double>& edge_m)
{
    const auto classes = shown_classes(size);
    Json json = Json::object();
    for (const auto& form : forms_of("length", edge_m)) {
        Json radii = Json::array();
        for (const auto& c : classes) radii.push_back(form.scale.value_or(0) * c.radius);
        json["radius" + form.suffix] = form.scale ? radii : Json();
    }
    Json volume = Json::array(), cumulative = Json::array();
    std::int64_t sum = 0;
    for (const auto& c : classes) {
        sum += c.voxels;
        volume.push_back(1.0 * c.voxels / size.voxels);
        cumulative.push_back(1.0 * sum / size.voxels);
    }
    json["volume"] = volume;
    json["cumulative"] = cumulative;
    return json;
}

void add_lines(Json& to, const geometry::LineStatistics& lines)
{
    Json lengths = Json::array(), numbers = Json::array(), lags = Json::array(), shares = Json::array();
    for (std::size_t length = 1; length < lines.chords.whole.size(); ++length) {
        if (lines.chords.whole[length] == 0) continue;
        lengths.push_back(length);
        numbers.push_back(lines.chords.whole[length]);
    }
    for (std::int64_t lag = 0; lag < std::ssize(lines.two_point.both); ++lag) {
        lags.push_back(lag);
        const auto share = lines.two_point.share(lag);
        shares.push_back(share ? Json(*share) : Json());
    }
    to["chords"] = {{"length", lengths}, {"number", numbers}, {"cut", lines.chords.cut}};
    to["two_point"] = {{"lag", lags}, {"share", shares}};
}

Json fabric_json(const std::optional<Tensor>& fabric)
{
    if (!fabric) return {};
    return {{"tensor", rows(*fabric)}, {"principal", principal_json(principal(*fabric), "values")}};
}

/// "0.0373 /µm"
std::string per_length(const std::optional<double>& per_voxel, const LengthUnit& unit)
{
    return fmt::format("{} per {}", number(per_voxel ? std::optional(*per_voxel / unit.edge) : std::nullopt, 4),
                       unit.name == "voxels" ? "voxel" : unit.name);
}

/// A line for each unit: a column for each quantity of the list.
template <class Result>
std::vector<text::TextColumn> columns_of(const std::string& what, const std::vector<std::string>& lines)
{
    std::vector<text::TextColumn> columns{{{what}, false}};
    for (const auto& line : lines) columns.front().cells.push_back(line);
    property::for_each_quantity<Result>([&](const auto& quantity) {
        if (*quantity.head) columns.push_back({{quantity.head}});
    });
    return columns;
}

template <class Result>
void add_line(std::vector<text::TextColumn>& columns, const Result& result, double edge)
{
    auto column = columns.begin() + 1;
    property::for_each_quantity<Result>([&](const auto& quantity) {
        const std::optional<double> value = quantity.of(result);
        if (*quantity.head) (column++)->cells.push_back(number(value ? std::optional(edge * *value) : std::nullopt, 4));
    });
}

} // namespace

Json pore_size_json(const PoreSize& size, const std::optional<double>& edge_m)
{
    Json json{{"boundary", name(size.boundary)}, {"of", name(size.of)}, {"convention", name(size.convention)}};
    add_forms(json, size, edge_m);
    json["fabric"] = fabric_json(size.fabric);
    for (const Axis axis : all_axes) {
        Json along = Json::object();
        add_forms(along, size.axes[axis], edge_m);
        add_lines(along, size.axes[axis].lines);
        json[std::string(1, name(axis))] = along;
    }
    json["distribution"] = distribution_json(size, edge_m);
    return json;
}

std::string pore_size_table(const PoreSize& size, const std::vector<Axis>& axes, const std::optional<double>& edge_m,
                            std::size_t columns)
{
    const auto unit = length_unit(edge_m);
    const std::string radius = size.of == property::Part::pores ? "pore radius" : "grain radius";
    std::vector<std::string> lines{fmt::format("[{}]", unit.name)};
    if (edge_m) lines.emplace_back("[voxels]");
    auto radii = columns_of<PoreSize>(radius, lines);
    add_line(radii, size, unit.edge);
    if (edge_m) add_line(radii, size, 1);

    std::vector<std::string> names;
    for (const Axis axis : axes) names.emplace_back(1, name(axis));
    auto along = columns_of<PoreSize::AlongAxis>("axis", names);
    for (const Axis axis : axes) add_line(along, size.axes[axis], unit.edge);
    for (auto column = along.begin() + 1; column != along.end(); ++column)
        column->cells.front() += fmt::format(" [{}]", unit.name);
    auto out = text::text_table(radii) + "\n" + text::text_table(along);
    if (size.densities)
        out += text::wrapped(
            fmt::format("surface {} of the sample, {} of the solid; its mean intercepts differ by a factor of {}\n",
                        per_length(size.densities->surface, unit), per_length(size.surface_per_solid(), unit),
                        number(size.anisotropy(), 3)),
            columns);
    if (size.convention != property::Convention::lapilli)
        out += text::wrapped(fmt::format("by the convention of {}\n", name(size.convention)), columns);
    return out;
}

std::string pore_size_csv(const PoreSize& size, const std::optional<double>& edge_m)
{
    std::string csv(pore_size_csv_head);
    std::int64_t sum = 0;
    for (const auto& [radius, voxels] : size.classes) {
        sum += voxels;
        csv += fmt::format("{},{},{},{}\n", radius, edge_m ? fmt::format("{}", radius * *edge_m) : "", voxels,
                           1.0 * sum / size.voxels);
    }
    return csv;
}

} // namespace lapilli::report
