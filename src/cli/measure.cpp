// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/measure.hpp"

#include "cli/common_options.hpp"
#include "cli/study.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <memory>

namespace lapilli::cli {

namespace {

struct Options {
    ImageOptions image;
    RunOptions run;
};

/// What the options do not show one by one.
void check(const Options& options)
{
    if (options.image.path.empty())
        throw input_error("no IMAGE is given; expected a file such as rock.tif, or a case file that has the key image");
    if (options.run.fields && options.run.out.empty())
        throw input_error("--fields writes files, but there is no folder for them; name one, e.g. --out rock.lapilli");
}

/// "berea.raw.gz" and "scan.h5:/image" give "berea.lapilli" and "scan.lapilli", in the working folder.
std::string default_folder(const std::string& image)
{
    std::string stem = std::filesystem::path(image.substr(0, image.find(":/"))).filename().string();
    return stem.substr(0, stem.find('.', 1)) + ".lapilli";
}

/// What a verb is called, what it says of itself, and what it measures.
struct Measurement {
    const char* verb;
    const char* what;
    Properties properties;
    const char* usual_accuracy = nullptr;
    bool writes_folder = false; ///< also where no --out is given
};

void add_measurement(CLI::App& app, Verb& chosen, const Measurement& measurement)
{
    auto options = std::make_shared<Options>();
    auto* command = app.add_subcommand(measurement.verb, measurement.what);
    const auto& properties = measurement.properties;
    add_image_options(*command, options->image, properties.percolation);
    add_output_options(*command, options->run);
    if (measurement.usual_accuracy != nullptr)
        add_solver_options(*command, options->run, measurement.usual_accuracy);
    else if (properties.percolation)
        add_boundary_option(*command, options->run);
    if (properties.diffusivity) add_conductivity_option(*command, options->run);
    if (properties.permeability) add_flow_options(*command, options->run);
    if (properties.diffusivity || properties.permeability) add_grid_options(*command, options->run);
    command->callback([&chosen, options, properties, folder = measurement.writes_folder] {
        if (folder && options->run.out.empty()) options->run.out = default_folder(options->image.path);
        check(*options);
        if (options->run.plan) options->run.out.clear(); // nothing is written
        chosen = [options, properties](const parallel::Communicator& comm) {
            return publish(comm, make_study(comm, options->image, options->run, properties), options->run);
        };
    });
}

} // namespace

void add_measurements(CLI::App& app, Verb& chosen)
{
    const Measurement measurements[] = {
        {"analyze",
         "Everything: porosity, connectivity, diffusivity, permeability; writes a result folder",
         {.percolation = true, .diffusivity = true, .permeability = true},
         "1e-4 of the diffusivity, 1e-3 of the permeability",
         true},
        {"info", "What a file is: format, shape, voxel size, labels and their fractions", {}},
        {"porosity", "Porosity, and the part of it that connects the faces of each axis", {.percolation = true}},
        {"percolation", "Connected components of the pores; which axes they percolate along", {.percolation = true}},
        {"diffusivity",
         "Effective diffusivity, formation factor and tortuosity along each axis, or the tensor",
         {.percolation = true, .diffusivity = true},
         "1e-4"},
        {"permeability",
         "Permeability along each axis, or the tensor, by solving for the flow through the pores",
         {.percolation = true, .permeability = true},
         "1e-3"},
    };
    for (const auto& measurement : measurements) add_measurement(app, chosen, measurement);
}

} // namespace lapilli::cli
