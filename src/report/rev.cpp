// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/rev.hpp"

#include "property/record.hpp"
#include "report/length_forms.hpp"
#include "report/length_unit.hpp"
#include "report/quote_table.hpp"
#include "text/sentence.hpp"
#include "text/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lapilli::report {

namespace {

using Json = nlohmann::ordered_json;
using property::CubeSpread;
using property::Rev;
using property::value_or_null;

Json sizes_json(const std::vector<CubeSpread>& sizes, const std::optional<double>& edge_m)
{
    Json json{{"edge_voxels", Json::array()},
              {"edge_m", Json::array()},
              {"cubes", Json::array()},
              {"mean", Json::array()},
              {"spread", Json::array()}};
    for (const auto& size : sizes) {
        json["edge_voxels"].push_back(size.edge_voxels);
        json["edge_m"].push_back(
            value_or_null(edge_m ? std::optional(*edge_m * static_cast<double>(size.edge_voxels)) : std::nullopt));
        json["cubes"].push_back(size.cubes);
        json["mean"].push_back(size.mean);
        json["spread"].push_back(size.deviation);
    }
    return json;
}

Json series_json(const Rev::Series& series, const std::optional<double>& edge_m)
{
    Json json{{"unit", series.unit}, {"representative", value_or_null(series.representative())}};
    add_forms(json, series, edge_m);
    json["sizes"] = sizes_json(series.sizes, edge_m);
    return json;
}

/// "specific surface", "permeability x"
std::string title(const Rev::Series& series)
{
    auto words = series.quantity;
    std::ranges::replace(words, '_', ' ');
    return series.axis ? fmt::format("{} {}", words, name(*series.axis)) : words;
}

/// All sizes that any quantity has, ascending.
std::vector<std::int64_t> all_edges(const Rev& rev)
{
    std::vector<std::int64_t> edges;
    for (const auto& series : rev.series)
        for (const auto& size : series.sizes) edges.push_back(size.edge_voxels);
    std::ranges::sort(edges);
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    return edges;
}

/// Which quantities the image stands for, and which not.
std::string verdict(const Rev& rev)
{
    std::string yes, no, unknown;
    for (const auto& series : rev.series) {
        const auto found = series.representative();
        auto& list = !found ? unknown : *found ? yes : no;
        list += (list.empty() ? "" : ", ") + title(series);
    }
    std::string words;
    if (!yes.empty()) words += fmt::format("representative within 5 %: {}\n", yes);
    if (!no.empty()) words += fmt::format("not representative within 5 %: {}\n", no);
    if (!unknown.empty()) words += fmt::format("too small an image to tell: {}\n", unknown);
    return words;
}

} // namespace

Json rev_json(const Rev& rev, const std::optional<double>& edge_m)
{
    Json json = Json::object();
    for (const auto& series : rev.series) {
        auto& to = json[series.quantity];
        (series.axis ? to[std::string(1, name(*series.axis))] : to) = series_json(series, edge_m);
    }
    return json;
}

std::string rev_table(const Rev& rev, const std::optional<double>& edge_m, std::size_t columns)
{
    const auto unit = length_unit(edge_m);
    std::vector<text::TextColumn> table{
        {{"of the image"}, false}, {{"± image"}}, {{fmt::format("± 5 % from [{}]", unit.name)}}};
    const auto edges = all_edges(rev);
    for (const auto edge : edges) table.push_back({{fmt::format("{}³", edge)}});
    for (const auto& series : rev.series) {
        table[0].cells.push_back(title(series));
        table[1].cells.push_back(percent(series.image_error()));
        const auto needed = series.needed_edge();
        table[2].cells.push_back(number(needed ? std::optional(*needed * unit.edge) : std::nullopt, 3));
        for (std::size_t i = 0; i < edges.size(); ++i) {
            const auto size = std::ranges::find(series.sizes, edges[i], &CubeSpread::edge_voxels);
            const bool known = size != series.sizes.end() && size->cubes > 1;
            table[3 + i].cells.push_back(percent(known ? std::optional(size->deviation) : std::nullopt));
        }
    }
    return text::text_table(table) +
           text::wrapped("± image: two standard deviations, as the spread of cubes of 16³, ... voxels falls with their "
                         "volume; ± 5 % from: edge of a cube that is large enough\n" +
                             verdict(rev),
                         columns);
}

std::string rev_csv(const Rev& rev, const std::optional<double>& edge_m)
{
    std::string csv(rev_csv_head);
    for (const auto& series : rev.series)
        for (const auto& size : series.sizes)
            csv += fmt::format("{},{},{},{},{},{},{},{}\n", series.quantity,
                               series.axis ? std::string(1, name(*series.axis)) : "", size.edge_voxels,
                               edge_m ? fmt::format("{}", *edge_m * static_cast<double>(size.edge_voxels)) : "", size.cubes,
                               size.mean, series.unit, size.deviation);
    return csv;
}

} // namespace lapilli::report
