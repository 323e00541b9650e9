// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/property_json.hpp"

#include "property/permeability_unit.hpp"
#include "property/record.hpp"

#include <functional>

namespace lapilli::report {

namespace {

/// Adds what else follows from a value.
using AddMore = std::function<void(Json& to, double value)>;

Json quote_json(const Quote& quote, const ValueForm& form, const AddMore& add_more)
{
    Json json{{"value", *form.in(quote.value)}, {"unit", form.unit}, {"parts", property::record_of(quote.parts)}};
    json.update(property::record_of(quote));
    add_more(json, quote.value);
    return json;
}

Json axes_json(const Summary& summary, const ValueForm& form, const AddMore& add_more)
{
    Json json = Json::object();
    for (const Axis axis : all_axes)
        if (const auto& quote = summary.axes[axis]) json[std::string(1, name(axis))] = quote_json(*quote, form, add_more);
    if (summary.tensor) json["tensor"] = {{"value", tensor_json(form, *summary.tensor)}, {"unit", form.unit}};
    return json;
}

} // namespace

Json diffusivity_summary_json(const Summary& summary, double porosity)
{
    return axes_json(summary, diffusivity_forms().front(), [&](Json& to, double relative) {
        const bool defined = summary.one_phase && relative > 0;
        to["formation_factor"] = defined ? Json(1 / relative) : Json(nullptr);
        to["tortuosity"] = defined ? Json(porosity / relative) : Json(nullptr);
    });
}

Json permeability_summary_json(const Summary& summary, const std::optional<double>& edge_m)
{
    const auto forms = permeability_forms(edge_m);
    const auto& quoted = *std::ranges::find(forms, property::quoted_unit(edge_m.has_value()).symbol, &ValueForm::unit);
    return axes_json(summary, quoted, [&](Json& to, double voxel2) {
        for (const auto& form : forms) to[form.quote] = property::value_or_null(form.in(voxel2));
    });
}

} // namespace lapilli::report
