// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/identity.hpp"

#include "property/diffusivity.hpp"
#include "property/permeability.hpp"
#include "version.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace lapilli::study {

namespace {

/// @param usual_accuracy  of the property
Record of_solves(const Record& identity, double usual_accuracy)
{
    Record settings = Record::object();
    for (const char* key : {"boundary", "axis", "accuracy", "max-iterations", "refine", "blocks", "segmentation", "fields"})
        settings[key] = identity.at(key);
    if (settings["accuracy"].is_null()) settings["accuracy"] = usual_accuracy;
    settings["refine"] = identity.at("refine").get<bool>() ? 2 : 1;
    return settings;
}

Record solved_on_cubes(const Options& options)
{
    Record solved = Record::array();
    if (options.rev_diffusivity) solved.push_back("diffusivity");
    if (options.rev_permeability) solved.push_back("permeability");
    return solved;
}

/// By what pores are made wider and narrower: a step of the thresholds, or true for half a voxel.
Record sensitivity_of(const Result& result, const Options& options)
{
    if (options.resolution.segmentation && result.segmentation) return result.segmentation->threshold_step;
    return options.resolution.segmentation;
}

} // namespace

Record identity_of(const Result& result, const Options& options)
{
    Record crop = Record::array();
    for (const auto& range : options.image.crop) crop.push_back({range.first, range.last ? Record(*range.last) : Record()});
    Record voxel; // the shape of voxels counts, their size does not
    if (const auto edges = result.edge_ratios(); !edges.cubic())
        voxel = {edges.along(Axis::x), edges.along(Axis::y), edges.along(Axis::z)};
    std::string axes;
    for (const Axis axis : all_axes)
        if (std::ranges::find(options.axes, axis) != options.axes.end()) axes += name(axis);
    return {{"format", 1},                                            // of the records
            {"program", fmt::format("{} {}", version, git_revision)}, // another one may round differently
            {"image", result.image.digest},
            {"crop of x, y, z", crop},
            {"voxel", voxel},
            {"labels", result.pore},
            {"outside", result.outside ? Record(*result.outside) : Record()},
            {"conductivity", result.conductivity},
            {"boundary", name(options.boundary)},
            {"diffusivity", options.properties.diffusivity},
            {"permeability", options.properties.permeability},
            {"axis", axes},
            {"accuracy", options.accuracy ? Record(*options.accuracy) : Record()},
            {"max-iterations", options.max_iterations},
            {"walls", options.walls == stokes::Walls::weighted ? "weighted" : "plain"},
            {"refine", options.resolution.refine},
            {"blocks", options.resolution.blocks ? Record(*options.resolution.blocks) : Record()},
            {"segmentation", sensitivity_of(result, options)},
            {"fields", options.fields}};
}

Record settings_of(const Record& identity, const Options& options)
{
    Record settings = Record::object();
    if (options.properties.percolation)
        for (const char* property : {"porosity", "percolation"})
            settings[property] = {{"boundary", identity.at("boundary")}};
    if (options.properties.interfaces)
        settings["interfaces"] = {{"boundary", identity.at("boundary")}, {"labels", options.materials}};
    if (options.properties.pore_size)
        settings["pore_size"] = {{"boundary", identity.at("boundary")},
                                 {"of", name(options.sizes_of)},
                                 {"convention", name(options.convention)},
                                 {"fields", identity.at("fields")}};
    if (options.properties.drainage)
        settings["drainage"] = {{"boundary", identity.at("boundary")},
                                {"axis", identity.at("axis")},
                                {"from", !options.drained_from().empty() ? name(options.drained_from())
                                         : options.from_upper            ? "upper"
                                                                         : "lower"},
                                {"to", name(options.to)},
                                {"fluids", {options.drained_by().tension_n_per_m, options.drained_by().angle_degrees}},
                                {"relative", options.relative},
                                {"fields", identity.at("fields")}};
    if (options.properties.network)
        settings["network"] = {
            {"boundary", identity.at("boundary")}, {"alpha", options.alpha}, {"fields", identity.at("fields")}};
    if (options.properties.rev)
        settings["rev"] = {{"boundary", identity.at("boundary")},
                           {"axis", identity.at("axis")},
                           {"accuracy", identity.at("accuracy")},
                           {"solve", solved_on_cubes(options)}};
    if (options.properties.diffusivity)
        settings["diffusivity"] = of_solves(identity, property::DiffusivityOptions{}.accuracy);
    if (options.flow()) {
        settings["permeability"] = of_solves(identity, property::PermeabilityOptions{}.accuracy);
        settings["permeability"]["walls"] = identity.at("walls");
    }
    if (!identity.at("outside").is_null()) // every number is of what is left
        for (auto& [property, setting] : settings.items()) setting["outside"] = identity.at("outside");
    return settings;
}

} // namespace lapilli::study
