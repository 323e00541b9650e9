// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/segment.hpp"

#include "cli/image_options.hpp"
#include "cli/made_image.hpp"
#include "cli/new_file.hpp"
#include "cli/option.hpp"
#include "cli/own_command.hpp"
#include "cli/segmentation_options.hpp"
#include "report/segmentation.hpp"
#include "scan/segment.hpp"
#include "terminal/messages.hpp"
#include "text/shell.hpp"
#include "version.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <array>
#include <iostream>
#include <memory>
#include <optional>

namespace lapilli::cli {

namespace {

struct SegmentOptions {
    study::ImageOptions image;
    scan::Recipe recipe;
    std::string file;
    bool force = false; ///< write over what is there
};

std::vector<std::int64_t> voxels_by_label(const scan::Segmentation& segmentation)
{
    std::vector<std::int64_t> voxels(256);
    for (const auto& part : segmentation.classes) voxels[part.label] = part.voxels;
    voxels[scan::outside] = segmentation.outside_voxels;
    return voxels;
}

nlohmann::ordered_json provenance(const scan::GreyImage& grey, const scan::Segmentation& segmentation, const MadeImage& made)
{
    const auto& shape = grey.shape;
    return {{"schema", 1},
            {"program", {{"name", "lapilli"}, {"version", version}}},
            {"command", own_command()},
            {"kind", "segmentation"},
            {"source",
             {{"path", grey.description.path},
              {"format", grey.description.format},
              {"first", {grey.first[Axis::z], grey.first[Axis::y], grey.first[Axis::x]}},
              {"shape", {shape.nz, shape.ny, shape.nx}}}},
            {"segmentation", report::segmentation_json(segmentation)},
            {"image", made.describe(voxels_by_label(segmentation), segmentation.porosity())}};
}

/// What to type next.
std::string next_command(const SegmentOptions& options)
{
    auto command = "lapilli analyze " + text::quoted_for_shell(options.file);
    if (options.recipe.round) command += fmt::format(" --outside {}", scan::outside);
    return command;
}

void show(const SegmentOptions& options, const scan::GreyImage& grey, const scan::Segmentation& segmentation,
          const format::NewImage& image, const MadeImage& made)
{
    for (const auto& remark : grey.description.remarks) terminal::print_warning(remark);
    for (const auto& warning : scan::warnings_of(segmentation)) terminal::print_warning(warning);
    const auto& shape = image.shape;
    std::cout << fmt::format("image         {}  ({})\nshape         {} x {} x {} voxels (z, y, x)\n", grey.description.path,
                             grey.description.format, shape.nz, shape.ny, shape.nx)
              << report::segmentation_table(segmentation, std::array{0})
              << fmt::format("\nporosity      {:.6f}\nlabels        {}\nhow it was made: {}\nnext          {}\n",
                             segmentation.porosity(), options.file, made.record(), next_command(options));
}

ExitCode segment(const parallel::Communicator& comm, const SegmentOptions& options)
{
    std::optional<MadeImage> made;
    format::NewImage image;
    const image::ImageSource source{options.image.path, options.image.raw, options.image.crop};
    auto grey =
        scan::read_grey(comm, source, scan::given_values(options.recipe.threshold), [&](const scan::GreyImage& before) {
            const auto& given = options.image.voxel_edges_m;
            image = {.shape = before.shape, .voxel_edges_m = given ? given : before.description.voxel_edges_m};
            made.emplace(comm, options.file, options.force, image);
        });
    scan::LabelSlab labels;
    const auto segmentation = scan::segment(comm, options.recipe, grey, labels);
    grey.voxels = {};
    made->write(provenance(grey, segmentation, *made), std::as_bytes(std::span(labels.labels)));
    if (comm.is_root()) show(options, grey, segmentation, image, *made);
    return ExitCode::done;
}

} // namespace

void add_segment(CLI::App& app, Verb& chosen)
{
    auto* verb = app.add_subcommand("segment", "Labels of a grey scan: filter, threshold, small parts away, e.g. segment "
                                               "scan.tif -o labels.tif");
    const auto options = std::make_shared<SegmentOptions>();
    add_image_options(*verb, options->image, false);
    const Group image(*verb, "Output");
    image.add("-o,--out", {"FILE", "endings " + format::written_endings(" ")},
              fmt::format("file to write, label 0 for pores: {}; FILE.json beside it says how it was made",
                          format::written_endings(", ")),
              [options = options.get()](const std::string& text) { options->file = text; });
    add_force_option(image, options->force);
    add_threshold_option(
        *verb, "", [&recipe = options->recipe](const std::string& text) { recipe.threshold = scan::parse_threshold(text); });
    add_recipe_options(*verb, options->recipe);
    verb->callback([&chosen, options] {
        if (options->image.path.empty()) throw input_error("no IMAGE is given; expected a grey image such as scan.tif");
        if (options->file.empty()) throw input_error("no file is given; expected -o FILE, e.g. -o labels.tif");
        check(options->recipe);
        chosen = [options](const parallel::Communicator& comm) { return segment(comm, *options); };
    });
}

} // namespace lapilli::cli
