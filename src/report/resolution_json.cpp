// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/property_json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>

namespace lapilli::report {

namespace {

/// Adds a permeability in its three units: permeability_md and so on, the name ending in `suffix`.
void add_value(Json& to, const std::string& quantity, const std::string& suffix, const Json& voxel2, const Json& m2,
               const Json& md)
{
    to[quantity + "_m2" + suffix] = m2;
    to[quantity + "_md" + suffix] = md;
    to[quantity + "_voxel2" + suffix] = voxel2;
}

void add_value(Json& to, const std::string& suffix, double voxel2, const std::optional<double>& voxel_size_m)
{
    const auto in = [&](double unit) {
        return voxel_size_m ? Json(voxel2 * *voxel_size_m * *voxel_size_m / unit) : Json(nullptr);
    };
    add_value(to, "permeability", suffix, voxel2, in(1), in(property::millidarcy_m2));
}

void add_tensor(Json& to, const std::string& suffix, const Tensor& voxel2, const std::optional<double>& voxel_size_m)
{
    const auto in = [&](double unit) {
        if (!voxel_size_m) return Json(nullptr);
        Tensor tensor = voxel2;
        for (auto& row : tensor)
            for (auto& value : row) value *= *voxel_size_m * *voxel_size_m / unit;
        return Json(tensor);
    };
    add_value(to, "tensor", suffix, voxel2, in(1), in(property::millidarcy_m2));
}

/// Writes a value, in its units, to keys that end in the suffix.
using AddValue = std::function<void(Json& to, const std::string& suffix, double value)>;

/// @param withheld  no value is to be made of it
Json two_grid_json(const property::TwoGrid& pair, bool withheld, const AddValue& add)
{
    Json json = Json::object();
    add(json, "_2", pair.two);
    if (!withheld) add(json, "_extrapolated", pair.extrapolated());
    json.update({{"order", pair.order},
                 {"converged", pair.converged},
                 {"solver_error_estimate_2", pair.error_estimate},
                 {"iterations_2", pair.iterations}});
    return json;
}

Json correction_json(const property::GridCorrection& c, bool withheld, double value, const AddValue& add)
{
    Json json{{"blocks", c.blocks},
              {"blocks_left_out", c.left_out},
              {"edge_voxels", value_or_null(c.edge_voxels)},
              {"ratio", value_or_null(c.ratio)},
              {"spread", value_or_null(c.spread)},
              {"sample", value_or_null(c.sample)},
              {"segmentation", value_or_null(c.segmentation)},
              {"solver_error_estimate", c.ratio ? Json(c.error_estimate) : Json(nullptr)}};
    if (c.ratio && !withheld) add(json, "_corrected", *c.ratio * value);
    return json;
}

/// @param axes   the object that has the axes
/// @param value  of an axis
template <class Property, class Value>
void add_axes(const property::Resolution& r, const Property& property, Json& axes, Value&& value, const AddValue& add)
{
    for (const Axis axis : all_axes) {
        if (!property.axes[axis]) continue;
        auto& along = axes[std::string(1, name(axis))];
        along["mean_chord_voxels"] = r.mean_chord[axis];
        const bool withheld = !r.withheld[axis].empty();
        if (r.two_grid[axis]) along["two_grid"] = two_grid_json(*r.two_grid[axis], withheld, add);
        if (r.correction[axis])
            along["correction"] = correction_json(*r.correction[axis], withheld, value(*property.axes[axis]), add);
    }
}

bool any_withheld(const property::Resolution& r)
{
    return std::ranges::any_of(r.withheld, [](const std::string& reason) { return !reason.empty(); });
}

Tensor extrapolated(const property::Resolution& r, const Tensor& one)
{
    Tensor tensor{};
    for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j)
            tensor[i][j] = property::TwoGrid{.one = one[i][j], .two = (*r.tensor_2)[i][j], .order = r.order}.extrapolated();
    return tensor;
}

} // namespace

void add_resolution(const property::Resolution& r, const property::Diffusivity& d, Json& diffusivity)
{
    const AddValue add = [](Json& to, const std::string& suffix, double relative) { to["relative" + suffix] = relative; };
    add_axes(
        r, d, d.tensor ? diffusivity["solves"] : diffusivity, [](const auto& axis) { return axis.relative; }, add);
    if (!d.tensor || !r.tensor_2) return;
    auto& pair = diffusivity["two_grid"] = {{"tensor_2", *r.tensor_2}};
    if (!any_withheld(r)) pair["tensor_extrapolated"] = extrapolated(r, d.tensor->relative);
}

void add_resolution(const property::Resolution& r, const property::Permeability& k,
                    const std::optional<double>& voxel_size_m, Json& permeability)
{
    const AddValue add = [&](Json& to, const std::string& suffix, double voxel2) {
        add_value(to, suffix, voxel2, voxel_size_m);
    };
    add_axes(
        r, k, k.tensor ? permeability["solves"] : permeability, [](const auto& axis) { return axis.voxel2; }, add);
    if (!k.tensor || !r.tensor_2) return;
    auto& pair = permeability["two_grid"] = Json::object();
    add_tensor(pair, "_2", *r.tensor_2, voxel_size_m);
    if (!any_withheld(r)) add_tensor(pair, "_extrapolated", extrapolated(r, k.tensor->voxel2), voxel_size_m);
}

} // namespace lapilli::report
