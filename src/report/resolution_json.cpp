// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/property_json.hpp"

#include "property/record.hpp"

#include <algorithm>

namespace lapilli::report {

namespace {

/// @param withheld  no value is to be made of it
Json two_grid_json(const property::TwoGrid& pair, bool withheld, const ValueForms& forms)
{
    Json json = Json::object();
    add_value(json, forms, pair.two, "_2");
    if (!withheld) add_value(json, forms, pair.extrapolated(), "_extrapolated");
    json.update(property::record_of(pair));
    return json;
}

Json correction_json(const property::GridCorrection& c, bool withheld, double value, const ValueForms& forms)
{
    Json json = property::record_of(c);
    if (c.ratio && !withheld) add_value(json, forms, *c.ratio * value, "_corrected");
    return json;
}

bool any_withheld(const property::Resolution& r)
{
    return std::ranges::any_of(r.withheld, [](const std::string& reason) { return !reason.empty(); });
}

Tensor extrapolated(const property::Resolution& r, const Tensor& one)
{
    return one.binaryExpr(*r.tensor_2, [&](double coarse, double fine) {
        return property::TwoGrid{.one = coarse, .two = fine, .order = r.order}.extrapolated();
    });
}

/// @param tensor  of a periodic image, by one cell per voxel; nullptr: sealed
template <class Property>
void add_resolution(const property::Resolution& r, const Property& property, const Tensor* tensor, const ValueForms& forms,
                    Json& to)
{
    Json& axes = tensor ? to["solves"] : to;
    for (const Axis axis : all_axes) {
        if (!property.axes[axis]) continue;
        auto& along = axes[std::string(1, name(axis))];
        along["mean_chord_voxels"] = r.mean_chord[axis];
        const bool withheld = !r.withheld[axis].empty();
        if (r.two_grid[axis]) along["two_grid"] = two_grid_json(*r.two_grid[axis], withheld, forms);
        if (r.correction[axis])
            along["correction"] = correction_json(*r.correction[axis], withheld, value_of(*property.axes[axis]), forms);
    }
    if (!tensor || !r.tensor_2) return;
    Json pair = Json::object();
    add_tensor(pair, forms, *r.tensor_2, "_2");
    if (!any_withheld(r)) add_tensor(pair, forms, extrapolated(r, *tensor), "_extrapolated");
    to["two_grid"] = pair;
}

} // namespace

void add_resolution(const property::Resolution& r, const property::Diffusivity& d, Json& diffusivity)
{
    add_resolution(r, d, d.tensor ? &d.tensor->relative : nullptr, diffusivity_forms(), diffusivity);
}

void add_resolution(const property::Resolution& r, const property::Permeability& k, const std::optional<double>& edge_m,
                    Json& permeability)
{
    add_resolution(r, k, k.tensor ? &k.tensor->voxel2 : nullptr, permeability_forms(edge_m), permeability);
}

} // namespace lapilli::report
