// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/measure.hpp"

#include "cli/common_options.hpp"
#include "cli/image_options.hpp"
#include "cli/own_command.hpp"
#include "cli/size_options.hpp"
#include "launch/stop_request.hpp"
#include "results/publisher.hpp"
#include "study/look.hpp"
#include "study/plan.hpp"
#include "study/run.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <utility>

namespace lapilli::cli {

namespace {

/// What the options of drainage do not show one by one.
void check_drainage(const study::Options& options)
{
    const char* faces = options.mercury ? "--mercury" : "--from with faces";
    const bool periodic = options.boundary == Boundary::periodic, whole = !options.drained_from().empty();
    if (options.mercury && !options.from.empty())
        throw input_error("--mercury comes in by all faces, and --from names others; leave one of them out");
    if (whole && periodic)
        throw input_error("{} comes in by faces, but an image with --boundary periodic has none; leave one of them out",
                          faces);
    if (whole && options.axes_given)
        throw input_error("{} gives one curve, and --axis one for each axis; leave one of them out", faces);
    if (!options.to.empty() && (options.from.empty() || options.mercury))
        throw input_error("--to goes with faces in --from, e.g. --from x- --to x+,y+; leave --to out, or name these");
    if (std::ranges::any_of(options.to, [&](auto face) { return std::ranges::count(options.from, face) > 0; }))
        throw input_error("--from and --to have a face in common; expected other faces in --to than in --from");
    if (options.relative > 0 && (whole || periodic || !options.conductivity.empty()))
        throw input_error(
            "--relative solves from face to face along each axis, for pores that conduct alike, which does not go "
            "with {}; leave one of them out",
            whole      ? faces
            : periodic ? "--boundary periodic"
                       : "--conductivity");
}

/// Of a network, for other programs.
void check_exports(const MeasureOptions& options)
{
    if (!options.output.network_formats.empty() && options.output.folder.empty())
        throw input_error("--export writes files, but there is no folder for them; name one, e.g. --out rock.lapilli");
    const auto has = [&](auto format) {
        return std::ranges::find(options.output.network_formats, format) != options.output.network_formats.end();
    };
    if (has(results::NetworkFormat::statoil) && options.study.boundary == Boundary::periodic)
        throw input_error(
            "--export statoil has no way to say that an image repeats; leave out --boundary periodic, or expect "
            "openpnm or vtp");
}

/// What says how to segment, but not that.
void check_segmentation(const study::ImageOptions& image)
{
    const std::string how = image.recipe.watershed ? "--watershed" : image.needs_segment;
    if (!image.segment && !how.empty())
        throw input_error(
            "{} says how labels are made of grey values, but nothing is to be segmented; add --segment, or leave "
            "it out",
            how);
    if (image.segment && image.outside)
        throw input_error(
            "--outside names a label of the file, but --segment makes the labels; expected one of them; to leave "
            "out what is around a round sample, take --cylinder");
    scan::check(image.recipe);
}

/// What is outside the sample belongs to neither the pores nor what is measured of a whole image.
void check_outside(const study::Options& options)
{
    const auto& image = options.image;
    const bool cylinder = image.segment && image.recipe.round;
    if (!image.outside && !cylinder) return;
    const std::int32_t outside = image.outside.value_or(scan::outside);
    const char* by = image.outside ? "--outside" : "--cylinder";
    if (std::ranges::find(image.pores(), outside) != image.pores().end() || options.conductivity.contains(outside))
        throw input_error("label {} is outside the sample by {}, and one that takes part; expected one of both", outside,
                          by);
    const char* whole = options.boundary == Boundary::periodic ? "--boundary periodic"
                        : options.properties.rev               ? "rev"
                                                               : nullptr;
    if (whole != nullptr)
        throw input_error(
            "{} is of a whole image, and {} leaves a part of it out; cut a box from the sample with --crop, and "
            "leave {} away",
            whole, by, by);
}

/// What the options do not show one by one.
void check(const MeasureOptions& options)
{
    if (options.study.image.path.empty())
        throw input_error("no IMAGE is given; expected a file such as rock.tif, or a case file that has the key image");
    check_segmentation(options.study.image);
    check_outside(options.study);
    check_drainage(options.study);
    check_exports(options);
    if (options.study.fields && options.output.folder.empty())
        throw input_error("--fields writes files, but there is no folder for them; name one, e.g. --out rock.lapilli");
}

/// "berea.raw.gz" and "scan.h5:/image" give "berea.lapilli" and "scan.lapilli", in the working folder.
std::string default_folder(const std::string& image)
{
    std::string stem = std::filesystem::path(image.substr(0, image.find(":/"))).filename().string();
    return stem.substr(0, stem.find('.', 1)) + ".lapilli";
}

/// From now on a request to stop waits until somebody asks for it.
checkpoint::StopToken stop_later()
{
    const auto later = std::make_shared<launch::DeferredStop>();
    return {[later] { return later->requested(); }, [later] { return later->grace_left_s(); }};
}

ExitCode measure(const parallel::Communicator& comm, const MeasureOptions& options, std::ostream& out)
{
    results::Publisher publisher(comm, options.output, stop_later);
    try {
        const auto& asked = options.study.properties;
        const bool only_look = !asked.percolation && !asked.interfaces && options.output.folder.empty();
        const auto result = (only_look ? study::look : study::run)(comm, options.study, publisher);
        if (const auto kept = publisher.kept()) return *kept;
        const auto ending = publisher.publish(result, out);
        comm.together([&] { // a plan that does not fit is shown, and refused
            if (result.plan) study::require_memory(options.study, *result.plan);
        });
        return ending;
    } catch (...) {
        const auto [code, sentence] = parallel::detail::describe_current_exception();
        publisher.failed(static_cast<ExitCode>(code), sentence);
        throw;
    }
}

constexpr Measurement all_measurements[] = {
    {"analyze",
     "Everything: porosity, connectivity, pore sizes, diffusivity, permeability; writes a result folder",
     {.percolation = true, .pore_size = true, .diffusivity = true, .permeability = true},
     "1e-4 of the diffusivity, 1e-3 of the permeability",
     true},
    {"info", "What a file is: format, shape, voxel size, labels and their fractions, or grey values", {}},
    {"porosity", "Porosity, and the part of it that connects the faces of each axis", {.percolation = true}},
    {"percolation", "Connected components of the pores; which axes they percolate along", {.percolation = true}},
    {"interfaces",
     "Surface that each two labels share, and length of the lines along which three meet, per volume",
     {.interfaces = true}},
    {"pore-size",
     "Pore sizes: radius of the largest ball around each voxel, critical radius and mean chord of each axis",
     {.percolation = true, .pore_size = true}},
    {"drainage",
     "Capillary pressure and saturation as a fluid fills the pores, of all radii, with and without trapping",
     {.percolation = true, .drainage = true}},
    {"network",
     "A network of pores and throats, its formation factor and permeability; files for OpenPNM, ParaView and others",
     {.percolation = true, .network = true}},
    {"rev",
     "Whether the image stands for its material: the spread of cubes of several sizes, and how large one must be",
     {.percolation = true, .rev = true}},
    {"diffusivity",
     "Effective diffusivity, formation factor and tortuosity along each axis, or the tensor",
     {.percolation = true, .diffusivity = true},
     "1e-4"},
    {"permeability",
     "Permeability along each axis, or the tensor, by solving for the flow through the pores",
     {.percolation = true, .permeability = true},
     "1e-3"},
};

} // namespace

std::span<const Measurement> measurements() { return all_measurements; }

std::shared_ptr<MeasureOptions> add_measurement_options(CLI::App& command, const Measurement& measurement)
{
    auto all = std::make_shared<MeasureOptions>();
    auto& [study, output] = *all;
    const auto& properties = study.properties = measurement.properties;
    add_image_options(command, study.image, properties.percolation);
    add_output_options(command, output);
    if (measurement.writes_folder) add_report_option(command, output);
    const bool fills =
        measurement.usual_accuracy != nullptr || properties.pore_size || properties.drainage || properties.network;
    if (properties.rev) add_checkpoint_options(command, output.checkpoints);
    if (fills) add_force_option(command, study);
    if (fills) add_fields_option(command, study);
    if (measurement.usual_accuracy != nullptr)
        add_solver_options(command, study, output.checkpoints, measurement.usual_accuracy);
    else if (properties.percolation)
        add_boundary_option(command, study);
    if (properties.pore_size) add_size_options(command, study);
    if (properties.drainage) add_drainage_options(command, study);
    if (properties.pore_size && properties.diffusivity) add_on_request(command, study);
    if (properties.interfaces) add_interface_options(command, study);
    if (properties.network) add_network_options(command, study, output);
    if (properties.rev) add_rev_options(command, study);
    if (properties.diffusivity) add_conductivity_option(command, study);
    if (properties.permeability) add_flow_options(command, study);
    if (properties.diffusivity || properties.permeability) add_grid_options(command, study);
    return all;
}

void add_measurements(CLI::App& app, Verb& chosen, const Start& start)
{
    for (const auto& measurement : all_measurements) {
        auto* command = app.add_subcommand(measurement.verb, measurement.what);
        const auto options = add_measurement_options(*command, measurement);
        command->callback([&chosen, options, start, folder = measurement.writes_folder] {
            auto& [study, output] = *options;
            study.command = start.command.empty() ? own_command() : start.command;
            output.keep = start.keep;
            if (folder && output.folder.empty()) output.folder = default_folder(study.image.path);
            study.properties.drainage |= study.relative > 0;
            check(*options);
            if (study.plan) output.folder.clear(); // nothing is written
            chosen = [options, out = start.out](const parallel::Communicator& comm) {
                return measure(comm, *options, *out);
            };
        });
    }
}

} // namespace lapilli::cli
