// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/image_options.hpp"

#include "cli/case_file.hpp"
#include "cli/option.hpp"
#include "cli/segmentation_options.hpp"
#include "core/error.hpp"
#include "format/formats.hpp"
#include "text/extents.hpp"
#include "text/labels.hpp"
#include "text/units.hpp"
#include "text/voxel.hpp"
#include "text/words.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <string>

namespace lapilli::cli {

namespace {

void set_big_endian(bool big, format::RawFormat& raw)
{
    if (raw.big_endian && *raw.big_endian != big)
        throw input_error("--type and --endian give two orders of bytes; expected one; leave one of them out");
    raw.big_endian = big;
}

bool parse_big_endian(const std::string& text)
{
    if (text != "little" && text != "big") throw input_error("'{}' is not a byte order; expected little or big", text);
    return text == "big";
}

/// "u8", or as numpy writes it, with the order of bytes before: "<u2", ">u2".
void set_type(const std::string& text, format::RawFormat& raw)
{
    raw.type = parse_type(text);
    if ((text[0] == '<' || text[0] == '>') && format::bytes_of(*raw.type) > 1) set_big_endian(text[0] == '>', raw);
}

/// A small whole number means the labels below it unless the image is segmented, which a case file may say later.
void set_threshold(const std::string& text, study::ImageOptions& options)
{
    const auto number = text::number<std::int32_t>(text);
    const bool of_labels = number && *number >= 0 && *number <= text::most_labels;
    if (of_labels && !options.segment) {
        options.below_threshold = text::parse_threshold(text);
        options.pore_given = true;
    }
    options.recipe.threshold = scan::parse_threshold(text);
    if (!of_labels) options.needs_segment = "--threshold " + text;
}

void add_segment_options(CLI::App& command, study::ImageOptions& options)
{
    Group(command, segmentation_heading)
        .add_flag("--segment", options.segment, "make labels of grey values first, 0 for pores, as the verb segment does");
    add_threshold_option(command, "VALUE as --pore 0:VALUE; with --segment: ", [&](const std::string& text) {
        set_threshold(text, options);
    });
    add_recipe_options(command, options.recipe, [&](const char* name) { options.needs_segment = name; });
}

} // namespace

format::VoxelType parse_type(const std::string& text)
{
    const auto type = format::voxel_type(text);
    if (!type)
        throw input_error("'{}' is not a type of voxels; expected {}, or numpy's names for them", text,
                          format::voxel_type_names());
    return *type;
}

std::string type_offer()
{
    std::string words = "words";
    for (const auto type : format::all_voxel_types) words += fmt::format(" {}", name(type));
    return words;
}

void add_image_options(CLI::App& command, study::ImageOptions& options, bool with_pores)
{
    add_case_argument(command);
    auto* path = command.add_option("IMAGE,--image", options.path,
                                    fmt::format("{}; FILE:NAME, such as rock.h5:/image, where a file holds several images; "
                                                "e.g. rock.tif",
                                                format::formats_read()));
    path->type_name("")->group("Image");
    offer(*path, "files");
    const Group raw(command, "Headerless raw files only");
    raw.add("--shape", "NZxNYxNX",
            "slices x rows x columns, or named: nx=400,ny=400,nz=100 (default, like that of the others: what a file beside "
            "it or its name says)",
            [&](const std::string& text) { options.raw.shape = text::parse_shape(text); });
    raw.add("--type", {"TYPE", type_offer()},
            fmt::format("of a voxel: {}; or numpy's, e.g. '>u2'", format::voxel_type_names()),
            [&](const std::string& text) { set_type(text, options.raw); });
    raw.add("--endian", {"ORDER", "words little big"}, "of the bytes of a voxel: little or big (default: little)",
            [&](const std::string& text) { set_big_endian(parse_big_endian(text), options.raw); });
    raw.add("--header", {"BYTES", "words auto"},
            "before the first voxel, e.g. 512, or auto: all that is more than the voxels (default: 0)",
            [&](const std::string& text) {
                options.raw.header = text::parse_header(text).value_or(format::RawFormat::all_that_is_more);
            });
    const Group image(command, "Image");
    image.add("--voxel", {"LENGTH", "units nm um mm"},
              "edge of a voxel, e.g. 5.345um, or x=2um,y=2um,z=4um (default: from the file, if it says)",
              [&](const std::string& text) { options.voxel_edges_m = text::parse_voxel(text); });
    image.add("--crop", "REGION", "z0:z1,y0:y1,x0:x1, last excluded, e.g. 0:100,:,50:150 (default: all)",
              [&](const std::string& text) { options.crop = text::parse_crop(text); });
    if (!with_pores) return;
    image.add("--pore", "LABELS", "labels of the pore space, e.g. 0,1, or 0:90, last excluded (default: 0)",
              [&](const std::string& text) {
                  options.pore = text::parse_labels(text);
                  options.pore_given = true;
              });
    image.add("--outside", "LABEL", "label of what is neither pore nor solid: sealed, and not counted in the porosity",
              [&](const std::string& text) { options.outside = parse_number<int>(text); });
    add_segment_options(command, options);
}

} // namespace lapilli::cli
