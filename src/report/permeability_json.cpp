// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/property_json.hpp"

#include <nlohmann/json.hpp>

namespace lapilli::report {

namespace {

/// How one field was found.
Json solve_json(const property::AxisPermeability& k)
{
    return {{"percolates", k.percolates},
            {"converged", k.converged},
            {"solver_error_estimate", k.error_estimate},
            {"error_estimate_by", k.error_estimate_by.empty() ? Json(nullptr) : Json(k.error_estimate_by)},
            {"iterations", k.iterations},
            {"momentum_residual", k.momentum_residual},
            {"mass_residual", k.mass_residual},
            {"permeability_voxel2_by_mean_flux", k.by_mean_flux},
            {"mean_pore_velocity_voxel2", k.pore_velocity},
            {"hydraulic_tortuosity", value_or_null(k.hydraulic_tortuosity)}};
}

Tensor times(Tensor tensor, double factor)
{
    for (auto& row : tensor)
        for (auto& value : row) value *= factor;
    return tensor;
}

} // namespace

Json permeability_json(const property::Permeability& permeability, const std::optional<double>& voxel_size_m)
{
    Json json{{"boundary", name(permeability.boundary)},
              {"dimensions", permeability.normal ? 2 : 3},
              {"walls", permeability.walls == stokes::Walls::weighted ? "weighted" : "plain"},
              {"grid", {{"cells_per_voxel", 1}}}};
    const double m2 = voxel_size_m ? *voxel_size_m * *voxel_size_m : 0;
    const auto in = [&](double voxel2, double unit) { return voxel_size_m ? Json(voxel2 * m2 / unit) : Json(nullptr); };
    if (permeability.tensor) {
        const auto& k = *permeability.tensor;
        Json solves = Json::object();
        for (const Axis axis : all_axes) solves[std::string(1, name(axis))] = solve_json(*permeability.axes[axis]);
        json["percolates"] = permeability.percolates();
        json["converged"] = permeability.converged();
        json["tensor_m2"] = voxel_size_m ? Json(times(k.voxel2, m2)) : Json(nullptr);
        json["tensor_md"] = voxel_size_m ? Json(times(k.voxel2, m2 / property::millidarcy_m2)) : Json(nullptr);
        json["tensor_voxel2"] = k.voxel2;
        json["principal"] = {{"values_voxel2", k.principal.values}, {"directions", k.principal.directions}};
        json["solves"] = solves;
        return json;
    }
    for (const Axis axis : all_axes) {
        const auto& k = permeability.axes[axis];
        if (!k) continue;
        Json along{{"permeability_m2", in(k->voxel2, 1)},
                   {"permeability_md", in(k->voxel2, property::millidarcy_m2)},
                   {"permeability_voxel2", k->voxel2}};
        along.update(solve_json(*k));
        along["permeability_voxel2_by_inlet_flux"] = k->by_inlet_flux;
        along["permeability_voxel2_by_outlet_flux"] = k->by_outlet_flux;
        json[std::string(1, name(axis))] = along;
    }
    return json;
}

} // namespace lapilli::report
