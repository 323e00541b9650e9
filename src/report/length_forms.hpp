// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/quantity.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lapilli::report {

/// One of the units that a length is written in.
struct LengthForm {
    std::string suffix; ///< of its key: "_m"
    std::string unit;
    std::optional<double> edge; ///< of a voxel, the shortest, in this unit; absent: not known
};
using LengthForms = std::vector<LengthForm>;

/// @param edge_m  absent: not known
inline LengthForms length_forms(const std::optional<double>& edge_m)
{
    return {{"_voxels", "voxel", 1}, {"_m", "m", edge_m}};
}

/// Adds the quantities of a result: lengths, which it has in voxels, in each of their forms, others as they are.
template <class Result>
void add_lengths(nlohmann::ordered_json& to, const Result& result, const LengthForms& forms)
{
    property::for_each_quantity<Result>([&](const auto& quantity) {
        const std::optional<double> value = quantity.of(result);
        const auto scaled = [&](const std::optional<double>& by) { // null if either is not known
            return value && by ? nlohmann::ordered_json(*value * *by) : nlohmann::ordered_json();
        };
        if (std::string_view(quantity.unit) != "length")
            to[quantity.key] = scaled(1);
        else
            for (const auto& form : forms) to[quantity.key + form.suffix] = scaled(form.edge);
    });
}

} // namespace lapilli::report
