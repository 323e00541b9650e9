// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/generate.hpp"

#include "cli/generate_kinds.hpp"
#include "cli/made_image.hpp"
#include "cli/new_file.hpp"
#include "cli/option.hpp"
#include "image/generate.hpp"
#include "text/extents.hpp"
#include "text/voxel.hpp"
#include "version.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <iostream>
#include <memory>
#include <optional>
#include <span>

namespace lapilli::cli {

namespace {

/// What all kinds ask for.
struct Target {
    std::optional<Shape> shape;
    std::optional<VoxelEdges> voxel_edges_m;
    VoxelEdges edges() const { return voxel_edges_m.value_or(VoxelEdges::cube(1)); }
    format::NewImage image() const { return {.shape = *shape, .voxel_edges_m = voxel_edges_m}; }
    std::string file;
    bool force = false; ///< write over what is there
};

void add_target(CLI::App& command, Target& target)
{
    const Group image(command, "Image");
    const auto set = [&target](const Shape& shape) {
        if (target.shape) throw input_error("the size is given twice; expected either --size or --shape; remove one");
        target.shape = shape;
    };
    image.add("--size", "VOXELS", "edge of a cubic image, e.g. 64", [set](const std::string& text) {
        const int side = parse_count(text);
        set({side, side, side});
    });
    image.add("--shape", "NZxNYxNX", "slices x rows x columns, or named: nx=64,ny=64,nz=32",
              [set](const std::string& text) { set(text::parse_shape(text)); });
    image.add("--voxel", {"LENGTH", "units nm um mm"},
              "edge of a voxel, for the record, e.g. 2um, or x=2um,y=2um,z=4um, in which round things stay round "
              "(default: none)",
              [&](const std::string& text) { target.voxel_edges_m = text::parse_voxel(text); });
    image.add("-o,--out", {"FILE", "endings .tif .raw .h5"},
              "file to write: .tif, .raw (u8) or .h5; FILE.json beside it says how it was made",
              [&](const std::string& text) { target.file = text; });
    add_force_option(image, target.force);
}

/// A parameter as it is typed.
std::string typed(const std::string& name, const nlohmann::ordered_json& value)
{
    if (value.is_boolean()) return value.get<bool>() ? " --" + name : "";
    if (value.is_string()) return fmt::format(" --{} {}", name, value.get<std::string>());
    if (!value.is_array()) return fmt::format(" --{} {}", name, value.dump());
    std::string list;
    for (const auto& element : value) list += (list.empty() ? "" : ",") + element.dump();
    return fmt::format(" --{} {}", name, list);
}

/// A file name as a shell reads it back.
std::string quoted(std::string name)
{
    const auto* plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=.,:/@%";
    if (name.find_first_not_of(plain) == std::string::npos) return name;
    for (std::size_t at = 0; (at = name.find('\'', at)) != std::string::npos; at += 4) name.replace(at, 1, "'\\''");
    return "'" + name + "'";
}

/// The command that makes the same image again, with every default spelled out.
std::string full_command(const image::Description& recipe, const Target& target)
{
    auto command = fmt::format("lapilli generate {} --shape {}x{}x{}", recipe.kind, target.shape->nz, target.shape->ny,
                               target.shape->nx);
    for (const auto& [name, value] : recipe.parameters.items()) command += typed(name, value);
    if (target.voxel_edges_m) command += fmt::format(" --voxel {}", text::typed_voxel(*target.voxel_edges_m));
    return command + " -o " + quoted(target.file);
}

/// How the image was made, for the file beside it.
nlohmann::ordered_json provenance(const image::Recipe& recipe, const Target& target, const MadeImage& made,
                                  std::span<const std::int64_t> counts)
{
    const auto words = image::describe(recipe);
    const double pores = counts[0];
    return {{"schema", 1},
            {"program", {{"name", "lapilli"}, {"version", version}}},
            {"command", full_command(words, target)},
            {"kind", words.kind},
            {"parameters", words.parameters},
            {"derived", words.derived},
            {"length_unit", EdgeRatios(target.edges()).cubic() ? "voxel" : "shortest edge of a voxel"},
            {"image", made.describe(counts, pores / target.shape->voxels())}};
}

ExitCode generate(const parallel::Communicator& comm, const image::Recipe& recipe, const Target& target)
{
    MadeImage made(comm, target.file, target.force, target.image());
    const auto image = image::generate(comm, recipe);
    const auto counts = image::label_counts(comm, image);
    const auto record = provenance(recipe, target, made, counts);
    made.write(record, image.labels);
    comm.together([&] {
        if (!comm.is_root()) return;
        std::cout << fmt::format("{}: {}, {} x {} x {} voxels (z, y, x), porosity {:.6g}\n", target.file,
                                 record["kind"].get<std::string>(), target.shape->nz, target.shape->ny, target.shape->nx,
                                 record["image"]["porosity"].get<double>())
                  << fmt::format("how it was made: {}\n", made.record());
    });
    return ExitCode::done;
}

} // namespace

void add_generate(CLI::App& app, Verb& chosen)
{
    auto* verb =
        app.add_subcommand("generate", "Make an image whose geometry is known, e.g. generate tube --size 64 -o tube.tif");
    verb->require_subcommand(1);
    for (const auto& kind : generated_kinds()) {
        auto* command = verb->add_subcommand(kind.name, kind.purpose);
        const auto target = std::make_shared<Target>();
        add_target(*command, *target);
        command->callback([&chosen, target, make_recipe = kind.add_options(*command)] {
            if (!target->shape) throw input_error("no size is given; expected --size or --shape, e.g. --size 64");
            if (target->file.empty()) throw input_error("no file is given; expected -o FILE, e.g. -o image.tif");
            const auto recipe = make_recipe(*target->shape, EdgeRatios(target->edges()));
            image::check(recipe);
            chosen = [recipe, target](const parallel::Communicator& comm) { return generate(comm, recipe, *target); };
        });
    }
}

} // namespace lapilli::cli
