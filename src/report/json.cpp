// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/study.hpp"

#include "io/library_versions.hpp"
#include "parallel/library_version.hpp"
#include "version.hpp"

#include <algorithm>
#include <numeric>

namespace lapilli::report {

namespace {

using Json = nlohmann::ordered_json;

template <class T>
Json value_or_null(const std::optional<T>& value)
{
    return value ? Json(*value) : Json(nullptr);
}

Json image_json(const Study& study)
{
    const auto& image = study.image;
    Json labels = Json::object();
    for (const auto& [label, voxels] : image.labels) labels[std::to_string(label)] = voxels;
    Json json{{"path", image.description.path},
              {"format", image.description.format},
              {"shape", {image.shape.nz, image.shape.ny, image.shape.nx}},
              {"voxel_size_m", value_or_null(study.voxel_size_m)},
              {"digest", image.digest},
              {"pore", study.pore},
              {"labels", labels}};
    if (!study.conductivity.empty()) {
        Json conductivity = Json::object();
        for (std::size_t i = 0; i < study.pore.size(); ++i)
            conductivity[std::to_string(study.pore[i])] = study.conductivity[i];
        json["conductivity"] = conductivity;
    }
    if (image.shape != image.description.shape) {
        Json crop = Json::array();
        const std::array<std::int64_t, 3> extent{image.shape.nx, image.shape.ny, image.shape.nz};
        for (const std::size_t axis : {2U, 1U, 0U})
            crop.push_back({study.crop[axis].first, study.crop[axis].first + extent[axis]});
        json["crop"] = crop;
    }
    return json;
}

Json axes_object(const property::Percolation& p, auto&& value)
{
    Json json = Json::object();
    for (const Axis axis : all_axes) json[std::string(1, name(axis))] = value(p.axes[static_cast<std::size_t>(axis)], axis);
    return json;
}

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

Json axis_json(const property::AxisDiffusivity& d)
{
    return {{"percolates", d.percolates},
            {"converged", d.converged},
            {"relative", d.relative},
            {"effective", d.effective},
            {"formation_factor", value_or_null(d.formation_factor)},
            {"tortuosity", value_or_null(d.tortuosity)},
            {"solver_error_estimate", d.error_estimate},
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
        const auto& d = *diffusivity.axes[static_cast<std::size_t>(axis)];
        factor[key] = value_or_null(d.formation_factor);
        tortuosity[key] = value_or_null(d.tortuosity);
        solves[key] = {{"percolates", d.percolates},
                       {"converged", d.converged},
                       {"solver_error_estimate", d.error_estimate},
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

Json diffusivity_json(const property::Diffusivity& diffusivity)
{
    if (diffusivity.tensor) return tensor_json(diffusivity);
    Json json{{"boundary", name(diffusivity.boundary)}};
    for (const Axis axis : all_axes)
        if (const auto& d = diffusivity.axes[static_cast<std::size_t>(axis)])
            json[std::string(1, name(axis))] = axis_json(*d);
    return json;
}

Json timing_json(const Study& study)
{
    Json json = Json::object();
    double total = 0;
    for (const auto& stage : study.timing) {
        json[stage.name] = {{"min_s", stage.min_s}, {"mean_s", stage.mean_s}, {"max_s", stage.max_s}};
        total += stage.max_s;
    }
    json["total_s"] = total;
    return json;
}

} // namespace

Json to_json(const Study& study)
{
    Json result = Json::object();
    if (study.percolation) {
        result["porosity"] = porosity_json(*study.percolation);
        result["percolation"] = percolation_json(*study.percolation);
    }
    if (study.diffusivity) result["diffusivity"] = diffusivity_json(*study.diffusivity);
    const auto& memory = study.peak_memory_bytes;
    const bool done = !study.diffusivity || study.diffusivity->converged();
    return {
        {"schema", 1},
        {"status", done ? "done" : "not converged"},
        {"program",
         {{"name", "lapilli"},
          {"version", version},
          {"git", git_revision},
          {"compiler", compiler},
          {"mpi", parallel::library_version()},
          {"hdf5", io::hdf5_version()}}},
        {"image", image_json(study)},
        {"result", result},
        {"warnings", study.warnings},
        {"timing", timing_json(study)},
        {"memory",
         {{"peak_bytes", memory}, {"total_bytes", std::accumulate(memory.begin(), memory.end(), std::int64_t{0})}}},
        {"run", {{"ranks", study.ranks}, {"hosts", study.hosts}, {"resumed_from", nullptr}, {"command", study.command}}}};
}

} // namespace lapilli::report
