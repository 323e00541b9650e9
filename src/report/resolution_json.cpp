// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/property_json.hpp"

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

Json two_grid_json(const property::TwoGrid& pair, const std::optional<double>& voxel_size_m)
{
    Json json = Json::object();
    add_value(json, "_2", pair.voxel2_2, voxel_size_m);
    add_value(json, "_extrapolated", pair.extrapolated(), voxel_size_m);
    json.update({{"converged", pair.converged},
                 {"solver_error_estimate_2", pair.error_estimate},
                 {"iterations_2", pair.iterations}});
    return json;
}

Json correction_json(const property::GridCorrection& c, double voxel2, const std::optional<double>& voxel_size_m)
{
    Json json{{"blocks", c.blocks},
              {"blocks_left_out", c.left_out},
              {"edge_voxels", value_or_null(c.edge_voxels)},
              {"ratio", value_or_null(c.ratio)},
              {"spread", value_or_null(c.spread)},
              {"sample", value_or_null(c.sample)},
              {"segmentation", value_or_null(c.segmentation)}};
    if (c.ratio) add_value(json, "_corrected", *c.ratio * voxel2, voxel_size_m);
    return json;
}

} // namespace

void add_resolution(const property::Resolution& r, const property::Permeability& k,
                    const std::optional<double>& voxel_size_m, Json& permeability)
{
    auto& axes = k.tensor ? permeability["solves"] : permeability;
    for (const Axis axis : all_axes) {
        const auto a = static_cast<std::size_t>(axis);
        if (!k.axes[a]) continue;
        auto& along = axes[std::string(1, name(axis))];
        along["mean_chord_voxels"] = r.mean_chord[a];
        if (r.two_grid[a]) along["two_grid"] = two_grid_json(*r.two_grid[a], voxel_size_m);
        if (r.correction[a]) along["correction"] = correction_json(*r.correction[a], k.axes[a]->voxel2, voxel_size_m);
    }
    if (!k.tensor || !r.tensor_2) return;
    Tensor extrapolated = *r.tensor_2;
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j) extrapolated[i][j] = 2 * (*r.tensor_2)[i][j] - k.tensor->voxel2[i][j];
    auto& pair = permeability["two_grid"] = Json::object();
    add_tensor(pair, "_2", *r.tensor_2, voxel_size_m);
    add_tensor(pair, "_extrapolated", extrapolated, voxel_size_m);
}

} // namespace lapilli::report
