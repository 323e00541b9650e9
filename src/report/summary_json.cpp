// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/property_json.hpp"

#include <nlohmann/json.hpp>

#include <functional>

namespace lapilli::report {

namespace {

/// How values are written.
struct Terms {
    const char* unit;
    std::function<double(double value)> in_unit;
    std::function<void(Json& to, double value)> add_forms; ///< what a value is in other units or called by other names
};

Json quote_json(const Quote& quote, const Terms& terms)
{
    Json json{{"value", terms.in_unit(quote.value)}, {"unit", terms.unit}};
    json["parts"] = {{"solver", value_or_null(quote.parts.solver)},
                     {"grid", value_or_null(quote.parts.grid)},
                     {"sample", value_or_null(quote.parts.sample)},
                     {"segmentation", value_or_null(quote.parts.segmentation)}};
    json["made_by"] = name(quote.made_by);
    json["grid_shift"] = value_or_null(quote.grid_shift);
    json["converged"] = quote.converged;
    json["note"] = quote.note.empty() ? Json(nullptr) : Json(quote.note);
    terms.add_forms(json, quote.value);
    return json;
}

Json axes_json(const Summary& summary, const Terms& terms)
{
    Json json = Json::object();
    for (const Axis axis : all_axes)
        if (const auto& quote = summary.axes[axis]) json[std::string(1, name(axis))] = quote_json(*quote, terms);
    if (!summary.tensor) return json;
    Tensor tensor = *summary.tensor;
    for (auto& row : tensor)
        for (auto& value : row) value = terms.in_unit(value);
    json["tensor"] = {{"value", tensor}, {"unit", terms.unit}};
    return json;
}

} // namespace

Json diffusivity_summary_json(const Summary& summary, double porosity)
{
    const auto add_forms = [&](Json& to, double relative) {
        const bool defined = summary.one_phase && relative > 0;
        to["formation_factor"] = defined ? Json(1 / relative) : Json(nullptr);
        to["tortuosity"] = defined ? Json(porosity / relative) : Json(nullptr);
    };
    return axes_json(summary, {"1", [](double relative) { return relative; }, add_forms});
}

Json permeability_summary_json(const Summary& summary, const std::optional<double>& voxel_size_m)
{
    // as they are written beside the result, with the same digits
    const auto m2 = [&](double voxel2) { return voxel2 * *voxel_size_m * *voxel_size_m; };
    const auto md = [&](double voxel2) { return m2(voxel2) / property::millidarcy_m2; };
    const auto add_forms = [&](Json& to, double voxel2) {
        to["value_m2"] = voxel_size_m ? Json(m2(voxel2)) : Json(nullptr);
        to["value_md"] = voxel_size_m ? Json(md(voxel2)) : Json(nullptr);
        to["value_voxel2"] = voxel2;
    };
    if (voxel_size_m) return axes_json(summary, {"mD", md, add_forms});
    return axes_json(summary, {"voxel²", [](double voxel2) { return voxel2; }, add_forms});
}

} // namespace lapilli::report
