// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/report.hpp"
#include "report/rev.hpp"

#include "format/hdf5/hdf5_version.hpp"
#include "parallel/library_version.hpp"
#include "report/drainage.hpp"
#include "report/interfaces.hpp"
#include "report/network.hpp"
#include "report/plan.hpp"
#include "report/pore_size.hpp"
#include "report/property_json.hpp"
#include "report/segmentation.hpp"
#include "report/voxel_size.hpp"
#include "version.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>

namespace lapilli::report {

namespace {

Json values_json(const scan::FileValues& values)
{
    const auto end = [&](double scan::GreyRange::*side) { return values.range ? Json((*values.range).*side) : Json(); };
    return {{"type", format::name(values.description.type)},
            {"least", end(&scan::GreyRange::least)},
            {"largest", end(&scan::GreyRange::largest)},
            {"not_finite", values.not_finite}};
}

Json image_json(const study::Result& study)
{
    const auto& image = study.image;
    Json labels = Json::object();
    for (const auto& [label, voxels] : image.labels) labels[std::to_string(label)] = voxels;
    Json json{{"path", image.description.path},
              {"format", image.description.format},
              {"shape", {image.shape.nz, image.shape.ny, image.shape.nx}},
              {"voxel_size_m", voxel_size_json(study.voxel_edges_m)},
              {"digest", image.digest},
              {"pore", study.pore},
              {"labels", labels}};
    if (study.outside) json["outside"] = *study.outside;
    if (study.values) json["values"] = values_json(*study.values);
    if (study.segmentation) json["segmentation"] = segmentation_json(*study.segmentation);
    if (!study.conductivity.empty()) {
        Json conductivity = Json::object();
        for (std::size_t i = 0; i < study.pore.size(); ++i)
            conductivity[std::to_string(study.pore[i])] = study.conductivity[i];
        json["conductivity"] = conductivity;
    }
    if (image.shape != image.description.shape) {
        Json crop = Json::array();
        for (const Axis axis : {Axis::z, Axis::y, Axis::x})
            crop.push_back({study.crop[axis].first, study.crop[axis].first + image.shape.along(axis)});
        json["crop"] = crop;
    }
    return json;
}

/// Of voxels that are no cubes nothing can be counted in voxels.
void drop_voxel_units(const study::Result& study, Json& permeability)
{
    if (study.cubic()) return;
    const std::function<void(Json&)> drop = [&](Json& json) {
        for (auto& [name, value] : json.items()) {
            if (name.find("voxel2") != std::string::npos)
                value = nullptr;
            else if (value.is_structured())
                drop(value);
        }
    };
    drop(permeability);
    permeability["voxel_units_note"] = "the voxels are no cubes, so nothing is given in units of voxels";
}

Json summary_json(const study::Result& study)
{
    Json json = Json::object();
    if (study.diffusivity)
        json["diffusivity"] =
            diffusivity_summary_json(summary_of(*study.diffusivity, study.diffusivity_grid), study.percolation->porosity());
    if (study.permeability) {
        json["permeability"] =
            permeability_summary_json(summary_of(*study.permeability, study.permeability_grid), study.shortest_edge_m());
        drop_voxel_units(study, json["permeability"]);
    }
    return json;
}

Json solve_times_json(const study::Result& study)
{
    Json json = Json::array();
    for (const auto& solve : study.solve_times)
        json.push_back({{"stage", solve.stage},
                        {"axis", std::string(1, name(solve.axis))},
                        {"seconds", solve.recalled ? Json() : Json(solve.seconds)}});
    return json;
}

Json run_json(const study::Result& study)
{
    Json json{{"started", study.started},
              {"finished", study.finished},
              {"ranks", study.ranks},
              {"hosts", study.hosts},
              {"resumed_from", nullptr},
              {"command", study.command},
              {"solves", solve_times_json(study)}};
    if (!study.checkpoints) return json;
    const auto& c = *study.checkpoints;
    json["checkpoints"] = {{"count", c.count}, {"bytes", c.bytes}, {"seconds", c.seconds}};
    if (c.resumed.is_null() && c.journal_steps == 0) return json;
    Json from{{"checkpoint", nullptr}, {"property", nullptr}, {"axis", nullptr}, {"iteration", nullptr}};
    if (!c.resumed.is_null()) from.update(c.resumed);
    from["journal_steps"] = c.journal_steps;
    json["resumed_from"] = from;
    return json;
}

/// This run among those that have added to one result.json.
Json runs_json(const study::Result& study, const Json& status)
{
    double seconds = 0;
    for (const auto& stage : study.timing) seconds += stage.max_s;
    return Json::array({Json{{"properties", study.settings},
                             {"status", status},
                             {"program_version", fmt::format("{} {}", version, git_revision)},
                             {"command", study.command},
                             {"ranks", study.ranks},
                             {"hosts", study.hosts},
                             {"seconds", seconds},
                             {"warnings", study.warnings}}});
}

/// What people read in the place of a key.
std::string stage_text(const std::string& key)
{
    static const std::map<std::string, std::string> whole{{"read", "reading the image"},
                                                          {"segment", "segmenting the image"},
                                                          {"percolation", "connecting the pores"},
                                                          {"interfaces", "interfaces"},
                                                          {"pore_size", "pore sizes"},
                                                          {"drainage", "drainage"},
                                                          {"network", "the pore network"},
                                                          {"rev", "cubes of several sizes"},
                                                          {"trim", "leaving out what carries nothing"},
                                                          {"pictures", "pictures for the report"},
                                                          {"fields", "writing fields"}};
    if (const auto found = whole.find(key); found != whole.end()) return found->second;
    static const std::pair<std::string, const char*> ends[] = {{"_setup", "{}: making the solver"},
                                                               {"_solve", "{}: solving"},
                                                               {"_two_grid", "{} on two cells per voxel"},
                                                               {"_blocks", "{} of blocks"}};
    for (const auto& [end, text] : ends)
        if (key.ends_with(end)) return fmt::format(fmt::runtime(text), key.substr(0, key.size() - end.size()));
    return key;
}

Json timing_json(const study::Result& study)
{
    Json json = Json::object();
    double total = 0;
    for (const auto& stage : study.timing) {
        json[stage.name] = {
            {"text", stage_text(stage.name)}, {"min_s", stage.min_s}, {"mean_s", stage.mean_s}, {"max_s", stage.max_s}};
        total += stage.max_s;
    }
    json["total_s"] = total;
    return json;
}

} // namespace

Json announced_json(const study::Result& study)
{
    return {{"image", image_json(study)}, {"runs", runs_json(study, nullptr)}};
}

Json to_json(const study::Result& study)
{
    Json result = Json::object();
    if (study.percolation) {
        result["porosity"] = porosity_json(*study.percolation);
        result["percolation"] = percolation_json(*study.percolation);
    }
    if (study.interfaces) result["interfaces"] = interfaces_json(*study.interfaces, study.shortest_edge_m());
    if (study.pore_size) result["pore_size"] = pore_size_json(*study.pore_size, study.shortest_edge_m());
    if (study.drainage) result["drainage"] = drainage_json(*study.drainage, study.fluids, study.shortest_edge_m());
    if (study.network) result["network"] = network_json(*study.network, direct_values(study), study.shortest_edge_m());
    if (study.diffusivity) {
        result["diffusivity"] = diffusivity_json(*study.diffusivity);
        if (study.diffusivity_grid) add_resolution(*study.diffusivity_grid, *study.diffusivity, result["diffusivity"]);
    }
    if (study.permeability) {
        result["permeability"] = permeability_json(*study.permeability, study.shortest_edge_m());
        if (study.permeability_grid)
            add_resolution(*study.permeability_grid, *study.permeability, study.shortest_edge_m(), result["permeability"]);
        drop_voxel_units(study, result["permeability"]);
    }
    if (study.rev) result["rev"] = rev_json(*study.rev, study.shortest_edge_m());
    if (study.plan) result["plan"] = to_json(*study.plan);
    const auto& memory = study.peak_memory_bytes;
    Json json{{"schema", 1},
              {"status", study.plan          ? "planned"
                         : study.converged() ? "done"
                                             : "not converged"},
              {"program",
               {{"name", "lapilli"},
                {"version", version},
                {"git", git_revision},
                {"compiler", compiler},
                {"mpi", parallel::library_version()},
                {"hdf5", format::hdf5_version()}}},
              {"image", image_json(study)},
              {"summary", summary_json(study)},
              {"result", result},
              {"warnings", study.warnings},
              {"timing", timing_json(study)},
              {"memory",
               {{"peak_bytes", memory}, {"total_bytes", std::accumulate(memory.begin(), memory.end(), std::int64_t{0})}}},
              {"run", run_json(study)}};
    json["runs"] = runs_json(study, json["status"]);
    return json;
}

} // namespace lapilli::report
