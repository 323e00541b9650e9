// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/measure.hpp"

#include "cli/common_options.hpp"
#include "cli/study.hpp"

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

/// A verb that reads an image and measures it as deep as it says.
std::shared_ptr<Options> add_measurement(CLI::App& app, Verb& chosen, const char* verb, const char* what, Depth depth)
{
    auto options = std::make_shared<Options>();
    auto* command = app.add_subcommand(verb, what);
    add_image_options(*command, options->image, depth != Depth::labels);
    add_output_options(*command, options->run);
    if (depth == Depth::percolation) add_boundary_option(*command, options->run);
    if (depth == Depth::diffusivity) add_solver_options(*command, options->run);
    command->callback([&chosen, options, depth] {
        check(*options);
        chosen = [options, depth](const parallel::Communicator& comm) {
            return publish(comm, make_study(comm, options->image, options->run, depth), options->run);
        };
    });
    return options;
}

/// "berea.raw.gz" and "scan.h5:/image" give "berea.lapilli" and "scan.lapilli", in the working folder.
std::string default_folder(const std::string& image)
{
    std::string stem = std::filesystem::path(image.substr(0, image.find(":/"))).filename().string();
    return stem.substr(0, stem.find('.', 1)) + ".lapilli";
}

} // namespace

void add_info(CLI::App& app, Verb& chosen)
{
    add_measurement(app, chosen, "info", "What a file is: format, shape, voxel size, labels and their fractions",
                    Depth::labels);
}

void add_porosity(CLI::App& app, Verb& chosen)
{
    add_measurement(app, chosen, "porosity", "Porosity, and the part of it that connects the faces of each axis",
                    Depth::percolation);
}

void add_percolation(CLI::App& app, Verb& chosen)
{
    add_measurement(app, chosen, "percolation", "Connected components of the pores; which axes they percolate along",
                    Depth::percolation);
}

void add_diffusivity(CLI::App& app, Verb& chosen)
{
    add_measurement(app, chosen, "diffusivity",
                    "Effective diffusivity, formation factor and tortuosity along each axis, or the tensor",
                    Depth::diffusivity);
}

void add_analyze(CLI::App& app, Verb& chosen)
{
    auto options = std::make_shared<Options>();
    auto* command = app.add_subcommand("analyze", "Everything: porosity, connectivity, diffusivity; writes a result folder");
    add_image_options(*command, options->image, true);
    add_output_options(*command, options->run);
    add_solver_options(*command, options->run);
    command->callback([&chosen, options] {
        if (options->run.out.empty()) options->run.out = default_folder(options->image.path);
        check(*options);
        chosen = [options](const parallel::Communicator& comm) {
            return publish(comm, make_study(comm, options->image, options->run, Depth::diffusivity), options->run);
        };
    });
}

} // namespace lapilli::cli
