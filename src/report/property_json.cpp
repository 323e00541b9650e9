// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/property_json.hpp"

#include <nlohmann/json.hpp>

namespace lapilli::report {

namespace {

Json axes_object(const property::Percolation& p, auto&& value)
{
    Json json = Json::object();
    for (const Axis axis : all_axes) json[std::string(1, name(axis))] = value(p.axes[axis], axis);
    return json;
}

} // namespace

Json porosity_json(const property::Percolation& p)
{
    return {{"boundary", name(p.boundary)},
            {"total", p.porosity()},
            {"connected", axes_object(p, [&](const auto&, Axis axis) { return p.connected_porosity(axis); })}};
}

Json percolation_json(const property::Percolation& p)
{
    Json json = axes_object(p, [](const auto& along, Axis) {
        return Json{{"percolates", along.percolates}, {"components", along.components}, {"pores", along.pores}};
    });
    json["boundary"] = name(p.boundary);
    json["components"] = p.components;
    json["largest_voxels"] = p.largest;
    return json;
}

namespace {

/// What the estimate rests on; null where nothing had to be solved.
Json witness_json(const property::AxisDiffusivity& d)
{
    return d.error_estimate_by.empty() ? Json(nullptr) : Json(d.error_estimate_by);
}

Json axis_json(const property::AxisDiffusivity& d)
{
    return {{"percolates", d.percolates},
            {"converged", d.converged},
            {"relative", d.relative},
            {"effective", d.effective},
            {"formation_factor", value_or_null(d.formation_factor)},
            {"tortuosity", value_or_null(d.tortuosity)},
            {"solver_error_estimate", d.error_estimate},
            {"error_estimate_by", witness_json(d)},
            {"iterations", d.iterations},
            {"residual", d.residual},
            {"relative_by_inlet_flux", d.inlet_flux},
            {"relative_by_outlet_flux", d.outlet_flux}};
}

/// The tensor, what follows from it, and how each of its three fields was found.
Json tensor_json(const property::Diffusivity& diffusivity)
{
    const auto& tensor = *diffusivity.tensor;
    Json factor = Json::object(), tortuosity = Json::object(), solves = Json::object();
    for (const Axis axis : all_axes) {
        const std::string key(1, name(axis));
        const auto& d = *diffusivity.axes[axis];
        factor[key] = value_or_null(d.formation_factor);
        tortuosity[key] = value_or_null(d.tortuosity);
        solves[key] = {{"percolates", d.percolates},
                       {"converged", d.converged},
                       {"solver_error_estimate", d.error_estimate},
                       {"error_estimate_by", witness_json(d)},
                       {"iterations", d.iterations},
                       {"residual", d.residual}};
    }
    return {{"boundary", name(diffusivity.boundary)},
            {"percolates", diffusivity.percolates()},
            {"converged", diffusivity.converged()},
            {"tensor", tensor.relative},
            {"effective_tensor", tensor.effective},
            {"principal", {{"values", tensor.principal.values}, {"directions", tensor.principal.directions}}},
            {"formation_factor", factor},
            {"tortuosity", tortuosity},
            {"solves", solves}};
}

} // namespace

Json diffusivity_json(const property::Diffusivity& diffusivity)
{
    if (diffusivity.tensor) return tensor_json(diffusivity);
    Json json{{"boundary", name(diffusivity.boundary)}};
    for (const Axis axis : all_axes)
        if (const auto& d = diffusivity.axes[axis]) json[std::string(1, name(axis))] = axis_json(*d);
    return json;
}

} // namespace lapilli::report
