// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/interfaces.hpp"

#include "report/length_forms.hpp"
#include "report/length_unit.hpp"
#include "report/quote_table.hpp"
#include "text/text_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace lapilli::report {

namespace {

using Json = nlohmann::ordered_json;
using property::Interfaces;

/// Adds a value in voxels and in metres: "area_per_voxel", "area_per_m".
void add_density(Json& to, const std::string& key, double value, const char* unit, const std::optional<double>& edge_m)
{
    for (const auto& form : forms_of(unit, edge_m)) to[key + form.suffix] = form.scale ? Json(value * *form.scale) : Json();
}

} // namespace

Json interfaces_json(const Interfaces& interfaces, const std::optional<double>& edge_m)
{
    Json json{{"boundary", name(interfaces.boundary)},
              {"materials", Json::array()},
              {"contacts", Json::array()},
              {"lines", Json::array()}};
    for (const auto& [label, fraction] : interfaces.materials)
        json["materials"].push_back({{"label", label}, {"fraction", fraction}});
    for (const auto& [labels, area] : interfaces.contacts)
        add_density(json["contacts"].emplace_back(Json{{"labels", labels}}), "area", area, "1/length", edge_m);
    for (const auto& [labels, length] : interfaces.lines)
        add_density(json["lines"].emplace_back(Json{{"labels", labels}}), "length", length, "1/length2", edge_m);
    return json;
}

std::string interfaces_table(const Interfaces& interfaces, const std::optional<double>& edge_m)
{
    const auto unit = length_unit(edge_m);
    const std::string length = unit.name == "voxels" ? "voxel" : std::string(unit.name);
    std::vector<text::TextColumn> contacts{{{"between labels"}, false}, {{fmt::format("surface [1/{}]", length)}}},
        lines{{{"where labels meet"}, false}, {{fmt::format("length [1/{}²]", length)}}};
    for (const auto& [labels, area] : interfaces.contacts) {
        contacts[0].cells.push_back(fmt::format("{}", fmt::join(labels, " | ")));
        contacts[1].cells.push_back(number(area / unit.edge, 4));
    }
    for (const auto& [labels, line] : interfaces.lines) {
        lines[0].cells.push_back(fmt::format("{}", fmt::join(labels, " | ")));
        lines[1].cells.push_back(number(line / unit.edge / unit.edge, 4));
    }
    auto out = interfaces.contacts.empty() ? std::string("no two of the labels touch\n") : text::text_table(contacts);
    if (!interfaces.lines.empty()) out += fmt::format("\n{}", text::text_table(lines));
    return out;
}

} // namespace lapilli::report
