// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/record.hpp"

#include <nlohmann/json.hpp>

namespace lapilli::property {

Record record_of(const AxisDiffusivity& along)
{
    return {{"percolates", along.percolates},
            {"converged", along.converged},
            {"relative", along.relative},
            {"error_estimate", along.error_estimate},
            {"error_estimate_by", along.error_estimate_by},
            {"iterations", along.iterations},
            {"residual", along.residual},
            {"inlet_flux", along.inlet_flux},
            {"outlet_flux", along.outlet_flux}};
}

AxisDiffusivity diffusivity_from(const Record& record)
{
    AxisDiffusivity along;
    record.at("percolates").get_to(along.percolates);
    record.at("converged").get_to(along.converged);
    record.at("relative").get_to(along.relative);
    record.at("error_estimate").get_to(along.error_estimate);
    record.at("error_estimate_by").get_to(along.error_estimate_by);
    record.at("iterations").get_to(along.iterations);
    record.at("residual").get_to(along.residual);
    record.at("inlet_flux").get_to(along.inlet_flux);
    record.at("outlet_flux").get_to(along.outlet_flux);
    return along;
}

Record record_of(const AxisPermeability& along)
{
    Record record{{"percolates", along.percolates},
                  {"converged", along.converged},
                  {"voxel2", along.voxel2},
                  {"error_estimate", along.error_estimate},
                  {"error_estimate_by", along.error_estimate_by},
                  {"iterations", along.iterations},
                  {"momentum_residual", along.momentum_residual},
                  {"mass_residual", along.mass_residual},
                  {"by_mean_flux", along.by_mean_flux},
                  {"by_inlet_flux", along.by_inlet_flux},
                  {"by_outlet_flux", along.by_outlet_flux},
                  {"pore_velocity", along.pore_velocity}};
    if (along.hydraulic_tortuosity) record["hydraulic_tortuosity"] = *along.hydraulic_tortuosity;
    return record;
}

AxisPermeability permeability_from(const Record& record)
{
    AxisPermeability along;
    record.at("percolates").get_to(along.percolates);
    record.at("converged").get_to(along.converged);
    record.at("voxel2").get_to(along.voxel2);
    record.at("error_estimate").get_to(along.error_estimate);
    record.at("error_estimate_by").get_to(along.error_estimate_by);
    record.at("iterations").get_to(along.iterations);
    record.at("momentum_residual").get_to(along.momentum_residual);
    record.at("mass_residual").get_to(along.mass_residual);
    record.at("by_mean_flux").get_to(along.by_mean_flux);
    record.at("by_inlet_flux").get_to(along.by_inlet_flux);
    record.at("by_outlet_flux").get_to(along.by_outlet_flux);
    record.at("pore_velocity").get_to(along.pore_velocity);
    if (record.contains("hydraulic_tortuosity")) along.hydraulic_tortuosity = record["hydraulic_tortuosity"].get<double>();
    return along;
}

} // namespace lapilli::property
