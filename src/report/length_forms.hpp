// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/permeability_unit.hpp"
#include "property/quantity.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace lapilli::report {

/// One of the units that a quantity is written in.
struct LengthForm {
    std::string suffix; ///< of its key: "_m"
    std::string unit;
    std::optional<double> scale; ///< of what is in voxels, the shortest edges, to this unit; absent: not known
};

/// The forms of a quantity: of powers of a length voxels and metres, of permeabilities all their units, of others as they
/// are.
/// @param unit    of a quantity: "length", "1/length", "1/length2", "1/length3", "permeability", or another
/// @param edge_m  absent: not known
inline std::vector<LengthForm> forms_of(std::string_view unit, const std::optional<double>& edge_m)
{
    constexpr std::pair<std::string_view, int> powers[] = {
        {"length", 1}, {"1/length", -1}, {"1/length2", -2}, {"1/length3", -3}};
    for (const auto& known : powers) {
        if (unit != known.first) continue;
        const int power = known.second;
        const auto in = [&](const std::string& of, const std::optional<double>& edge) {
            const auto exponent = power < -1 ? std::to_string(-power) : "";
            const std::string small = power == -2 ? "²" : power == -3 ? "³" : "";
            const auto scale = edge ? std::optional(std::pow(*edge, power)) : std::nullopt;
            return power > 0 ? LengthForm{"_" + of, of, scale}
                             : LengthForm{"_per_" + of + exponent, "1/" + of + small, scale};
        };
        auto voxels = in("voxel", 1);
        if (power > 0) voxels.suffix = "_voxels";
        return {voxels, in("m", edge_m)};
    }
    if (unit == "permeability") {
        std::vector<LengthForm> forms;
        for (const auto& of : property::permeability_units)
            forms.push_back({std::string("_") + of.key, of.symbol, of.of(1, edge_m)});
        return forms;
    }
    return {{"", std::string(unit), 1}};
}

/// Adds the quantities of a result in each of their forms.
template <class Result>
void add_forms(nlohmann::ordered_json& to, const Result& result, const std::optional<double>& edge_m)
{
    property::for_each_quantity<Result>([&](const auto& quantity) {
        if constexpr (std::integral<std::remove_cvref_t<decltype(quantity.of(result))>>) { // a count, or a verdict
            to[quantity.key] = quantity.of(result);
            return;
        }
        const std::optional<double> value = quantity.of(result);
        for (const auto& form : forms_of(quantity.unit, edge_m))
            to[quantity.key + form.suffix] =
                value && form.scale ? nlohmann::ordered_json(*value * *form.scale) : nlohmann::ordered_json();
    });
}

} // namespace lapilli::report
