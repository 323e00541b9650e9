// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/identity.hpp"

#include "property/diffusivity.hpp"
#include "property/permeability.hpp"
#include "version.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace lapilli::cli {

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

} // namespace

Record identity_of(const report::Study& study, const ImageOptions& image, const RunOptions& run,
                   const Properties& properties)
{
    Record crop = Record::array();
    for (const auto& range : image.crop) crop.push_back({range.first, range.last ? Record(*range.last) : Record()});
    Record voxel; // the shape of voxels counts, their size does not
    if (const auto edges = study.edge_ratios(); !edges.cubic())
        voxel = {edges.along(Axis::x), edges.along(Axis::y), edges.along(Axis::z)};
    std::string axes;
    for (const Axis axis : all_axes)
        if (std::ranges::find(run.axes, axis) != run.axes.end()) axes += name(axis);
    return {{"format", 1},                                            // of the records
            {"program", fmt::format("{} {}", version, git_revision)}, // another one may round differently
            {"image", study.image.digest},
            {"crop of x, y, z", crop},
            {"voxel", voxel},
            {"labels", study.pore},
            {"conductivity", study.conductivity},
            {"boundary", name(run.boundary)},
            {"diffusivity", properties.diffusivity},
            {"permeability", properties.permeability},
            {"axis", axes},
            {"accuracy", run.accuracy ? Record(*run.accuracy) : Record()},
            {"max-iterations", run.max_iterations},
            {"walls", run.walls == stokes::Walls::weighted ? "weighted" : "plain"},
            {"refine", run.resolution.refine},
            {"blocks", run.resolution.blocks ? Record(*run.resolution.blocks) : Record()},
            {"segmentation", run.resolution.segmentation},
            {"fields", run.fields}};
}

Record settings_of(const Record& identity, const Properties& properties)
{
    Record settings = Record::object();
    if (properties.percolation)
        for (const char* property : {"porosity", "percolation"})
            settings[property] = {{"boundary", identity.at("boundary")}};
    if (properties.diffusivity) settings["diffusivity"] = of_solves(identity, property::DiffusivityOptions{}.accuracy);
    if (properties.permeability) {
        settings["permeability"] = of_solves(identity, property::PermeabilityOptions{}.accuracy);
        settings["permeability"]["walls"] = identity.at("walls");
    }
    return settings;
}

} // namespace lapilli::cli
