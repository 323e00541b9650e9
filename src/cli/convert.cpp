// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/convert.hpp"

#include "cli/image_options.hpp"
#include "cli/made_image.hpp"
#include "cli/new_file.hpp"
#include "cli/option.hpp"
#include "cli/own_command.hpp"
#include "image/conversion.hpp"
#include "machine/memory.hpp"
#include "parallel/resources.hpp"
#include "study/options.hpp"
#include "study/voxel_warnings.hpp"
#include "terminal/messages.hpp"
#include "text/axes.hpp"
#include "text/labels.hpp"
#include "text/sentence.hpp"
#include "text/shell.hpp"
#include "text/words.hpp"
#include "version.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <optional>

namespace lapilli::cli {

namespace {

struct ConvertOptions {
    study::ImageOptions image;
    image::Conversion conversion;
    resample::Orientation mirror, permutation, rotation; ///< one after the other
    std::string out;
    bool force = false;
    std::string command; ///< for the record
};

/// "2", or "2:mean".
void parse_downsampling(const std::string& text, image::Conversion& conversion)
{
    const auto parts = text::split(text, ':');
    conversion.downsample = parse_count(std::string(parts.front()));
    if (parts.size() == 1) return;
    if (parts.size() > 2 || (parts[1] != "majority" && parts[1] != "mean"))
        throw input_error("'{}' is not a way to downsample; expected a number, and perhaps majority or mean, e.g. 2:mean",
                          text);
    conversion.reduction = parts[1] == "mean" ? resample::Reduction::mean : resample::Reduction::majority;
}

/// "10", or "10:255".
void parse_padding(const std::string& text, image::Conversion& conversion)
{
    const auto parts = text::split(text, ':');
    conversion.pad = parse_count(std::string(parts.front()));
    const auto label = parts.size() == 2 ? text::number<std::int64_t>(parts[1]) : 0;
    if (parts.size() > 2 || !label)
        throw input_error("'{}' is no padding; expected a number of voxels, and perhaps their label, e.g. 10:255", text);
    conversion.pad_label = *label;
}

void add_orientation_options(const Group& changes, ConvertOptions& options)
{
    changes.add("--mirror", {"AXES", "list x y z"}, "the last voxel along an axis becomes the first, e.g. z, or x,y",
                [&](const std::string& text) {
                    for (const Axis axis : text::parse_axes(text)) options.mirror.backwards[axis] = true;
                });
    changes.add("--permute", {"ORDER", "words xyz xzy yxz yzx zxy"},
                "the axes that the new z, y and x are to be of now: xyz swaps z and x, zyx changes nothing",
                [&](const std::string& text) { options.permutation.from = text::parse_axis_order(text); });
    changes.add(
        "--rotate90", {"AXIS[:N]", "words x y z"},
        "turn N times by 90 degrees about an axis, e.g. z, or z:3; about z, x goes to y; about x, y to z; about y, z to x",
        [&](const std::string& text) {
            const auto turns = text::parse_quarter_turns(text);
            options.rotation = {};
            for (int i = 0; i < turns.second; ++i) options.rotation = resample::quarter_turn(turns.first) * options.rotation;
        });
}

void add_changes(CLI::App& command, ConvertOptions& options)
{
    const Group changes(command, "Changes, made in this order after --crop, whatever the order they are typed in");
    auto& conversion = options.conversion;
    changes.add("--relabel", "OLD=NEW,...", "all at once, e.g. 0=1,255=0; other labels stay",
                [&](const std::string& text) { conversion.relabel = text::parse_relabelling(text); });
    changes.add("--as", {"TYPE", type_offer()},
                fmt::format("of a voxel that is written: {} (default: that of the image); a value that it cannot hold is "
                            "refused",
                            format::voxel_type_names()),
                [&](const std::string& text) { conversion.type = parse_type(text); });
    changes.add("--downsample", {"N[:HOW]", "words 2 2:mean"},
                "N x N x N voxels become one: the commonest label, the smallest of several (majority, default), or the mean "
                "of grey values, rounded half to even, e.g. 2:mean; what is left over at the far faces is left out",
                [&](const std::string& text) { parse_downsampling(text, conversion); });
    add_orientation_options(changes, options);
    changes.add("--pad", "N[:LABEL]", "add N voxels of a label (default: 0) at each face, e.g. 10:255",
                [&](const std::string& text) { parse_padding(text, conversion); });
}

/// What is written, in one line.
std::string sentence_of(const std::string& path, const format::NewImage& image)
{
    return fmt::format("{}: {} {}, {} x {} x {} voxels (z, y, x){}", path, format::written_format(path).name,
                       format::name(image.type), image.shape.nz, image.shape.ny, image.shape.nx,
                       image.voxel_edges_m ? " of " + text::edges_text(*image.voxel_edges_m) : "");
}

/// What the user should know of what is read, and of what is not.
void warn(const format::ImageDescription& file, const ConvertOptions& options, const Shape& region,
          const std::optional<VoxelEdges>& edges)
{
    for (const auto& sentence : file.remarks) terminal::print_warning(sentence);
    for (const auto& sentence : study::voxel_warnings(options.image.voxel_edges_m.has_value(), edges, file))
        terminal::print_warning(sentence);
    const image::ConvertedShapes shapes(region, options.conversion);
    for (const Axis axis : all_axes)
        if (const auto rest = region.along(axis) % shapes.factors[axis]; rest > 0)
            terminal::print_warning(fmt::format("--downsample {} leaves out the last {} of {} voxels along {}",
                                                options.conversion.downsample, rest, region.along(axis), name(axis)));
}

/// Collective. @throws Error on every rank, where a machine has too little
void require_memory(const parallel::Communicator& comm, std::int64_t bytes)
{
    const auto hosts = parallel::memory_by_host(comm, bytes, machine::available_memory());
    comm.together([&] {
        for (const auto& host : hosts)
            if (host.needed > host.available)
                throw input_error("to convert this image needs {} on {} (ranks: {}), where {} are available; use --crop, "
                                  "--downsample or more machines",
                                  text::bytes_text(host.needed), host.name, host.ranks, text::bytes_text(host.available));
    });
}

ExitCode convert(const parallel::Communicator& comm, const ConvertOptions& options)
{
    const auto& source = options.image;
    const auto reader = image::open_everywhere(comm, {source.path, source.raw, source.crop});
    const auto& file = reader->description();
    const auto edges = source.voxel_edges_m ? source.voxel_edges_m : file.voxel_edges_m;
    image::Region region;
    format::NewImage target;
    comm.together([&] {
        region = image::region_of(file.shape, source.crop);
        target = image::converted(file, region, edges, options.conversion);
    });

    MadeImage made(comm, options.out, options.force, target, Record::where_needed);
    require_memory(comm,
                   image::bytes_to_convert(file, region, options.conversion, comm.rank(), comm.size()) + made.bytes_held());
    if (comm.is_root()) warn(file, options, region.shape, edges);
    const auto voxels = image::convert(comm, *reader, region, options.conversion);
    made.write({{"schema", 1},
                {"program", {{"name", "lapilli"}, {"version", version}}},
                {"command", options.command},
                {"kind", "conversion"},
                {"source", {{"path", file.path}, {"format", file.format}}},
                {"image", made.describe()}},
               voxels);
    comm.together([&] {
        if (!comm.is_root()) return;
        std::cout << sentence_of(options.out, target) << "\n";
        if (!made.record().empty()) std::cout << "its shape, type and voxel size: " << made.record() << "\n";
        std::cout << "go on with: lapilli info " << text::quoted_for_shell(options.out) << "\n";
    });
    return ExitCode::done;
}

} // namespace

void add_convert(CLI::App& app, Verb& chosen)
{
    auto* command =
        app.add_subcommand("convert", "Write an image in another format, cut, relabelled, downsampled or turned on "
                                      "the way, e.g. convert scan.tif scan.nrrd");
    const auto options = std::make_shared<ConvertOptions>();
    add_image_options(*command, options->image, false);
    auto* out = command->add_option("OUT,-o,--out", options->out,
                                    fmt::format("file to write, by its ending: {}", format::written_endings(", ")));
    out->type_name("")->group("Image");
    offer(*out, "endings " + format::written_endings(" "));
    add_force_option(Group(*command, "Image"), options->force);
    add_changes(*command, *options);
    command->callback([&chosen, options] {
        if (options->image.path.empty())
            throw input_error("no IMAGE is given; expected a file such as scan.tif, and then the one to write");
        if (options->out.empty()) throw input_error("no OUT is given; expected the file to write, such as scan.nrrd");
        format::written_format(options->out); // an ending of no format
        options->conversion.orientation = options->rotation * options->permutation * options->mirror;
        options->command = own_command();
        chosen = [options](const parallel::Communicator& comm) { return convert(comm, *options); };
    });
}

} // namespace lapilli::cli
