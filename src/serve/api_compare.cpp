// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/archie.hpp"
#include "serve/resources.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace lapilli::serve {

namespace {

constexpr std::size_t most_ids = 1000;

/// A value with its relative uncertainties, as a point of a chart has it.
nlohmann::ordered_json point_of(const RunRow& row, const RowQuote& quote, double value)
{
    const auto part = [](double relative) { return std::isfinite(relative) ? relative : 0; };
    const double off = std::min(0.95, part(quote.solver) + part(quote.grid) + part(quote.sample));
    return {{"id", row.id}, {"name", row.name},         {"x", row.porosity},
            {"y", value},   {"low", value * (1 - off)}, {"high", value * (1 + off)}};
}

} // namespace

Answer compare_runs(const Call& call)
{
    const auto y = call.query.word("y", {"permeability", "diffusivity", "formation_factor"});
    const auto axis = call.query.word("axis", {"z", "x", "y"});
    const auto ids = call.query.list("ids", most_ids);
    const std::set<std::string> wanted(ids.begin(), ids.end());
    auto points = nlohmann::ordered_json::array();
    std::vector<PorosityAndFactor> factors;
    for (const auto& row : call.site.index.snapshot()->rows) {
        if (!wanted.empty() && !wanted.contains(row->id)) continue;
        const auto& quote =
            (y == "permeability" ? row->permeability : row->diffusivity)[static_cast<std::size_t>(axis[0] - 'x')];
        if (!(quote.value > 0) || !std::isfinite(row->porosity) || quote.in_voxels) continue;
        const double value = y == "formation_factor" ? 1 / quote.value : quote.value;
        points.push_back(point_of(*row, quote, value));
        if (y == "formation_factor") factors.push_back({row->porosity, value});
    }
    nlohmann::ordered_json found{{"x", "porosity"}, {"y", y}, {"axis", axis}, {"unit", y == "permeability" ? "mD" : "1"}};
    const auto archie = fit_archie(factors);
    found["archie"] =
        archie ? nlohmann::ordered_json{{"exponent", archie->exponent}, {"error", archie->error}, {"points", archie->points}}
               : nlohmann::ordered_json();
    found["points"] = std::move(points);
    const auto text = found.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    return json_answer(text, tag_of(text));
}

} // namespace lapilli::serve
