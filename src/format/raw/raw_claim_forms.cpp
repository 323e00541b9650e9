// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "core/error.hpp"
#include "format/headed/metaimage.hpp"
#include "format/headed/nrrd.hpp"
#include "format/header_text.hpp"
#include "format/raw/raw_claim.hpp"
#include "text/length_unit.hpp"
#include "text/small_letters.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace lapilli::format {
namespace {

std::optional<VoxelEdges> cube_of(double edge, double unit_m) { return voxel_edges(std::array{edge, edge, edge}, unit_m); }

/// Lengths that may be missing.
std::optional<Shape> shape_of(std::optional<std::int64_t> nx, std::optional<std::int64_t> ny, std::optional<std::int64_t> nz)
{
    return image_shape({nx.value_or(0), ny.value_or(0), nz.value_or(0)});
}

/// A whole number at the end in parentheses, as ImageJ writes behind lengths: "2.0 mm (400)"; else the one it begins with.
std::optional<std::int64_t> count(std::string_view text)
{
    const auto open = text.rfind('(');
    if (open != std::string_view::npos) text = text.substr(open + 1);
    return read_number<std::int64_t>(text.substr(0, text.find_first_not_of("0123456789")));
}

void set_imagej_size(const Fields& fields, RawClaim& claim)
{
    const auto size = field(fields, "voxel size"); // "5x5x5 micron^3"
    const auto blank = size.find(' ');
    if (blank == std::string_view::npos) return;
    const auto unit = trimmed(size.substr(blank, size.rfind('^') - blank));
    if (text::is_no_length(unit)) return;
    const auto metres = text::metres_of(unit);
    claim.odd_unit = !metres;
    if (metres) claim.voxel_edges_m = voxel_edges(read_numbers<double>(size.substr(0, blank), "x"), *metres);
}

/// What the header of a format says that may have its voxels in a file beside; nothing if that is not plain.
template <class Parse>
std::optional<RawClaim> claim_by(Parse&& parse, std::string_view text)
{
    try {
        const VoxelBlock block = parse(text, std::string());
        if (block.file.empty() || (block.packing != Packing::none && block.packing != Packing::gzip)) return std::nullopt;
        RawClaim claim{.shape = block.shape,
                       .type = block.type,
                       .big_endian = block.big_endian,
                       .voxel_edges_m = block.voxel_edges_m,
                       .of_file = block.file,
                       .odd_unit = !block.voxel_edges_m && !block.voxel_remarks.empty()};
        if (const auto header = block.offset + block.before; block.at_end || header != 0)
            claim.header = block.at_end ? RawFormat::all_that_is_more : header;
        return claim;
    } catch (const Error&) { // not of that format, or not one image
        return std::nullopt;
    }
}

std::optional<VoxelType> named_type(std::string_view word,
                                    std::initializer_list<std::pair<std::string_view, VoxelType>> names)
{
    for (const auto& [name, type] : names)
        if (name == word) return type;
    return std::nullopt;
}

} // namespace

std::optional<RawClaim> claim_of_record(std::string_view text)
{
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("image") || !json["image"].is_object()) return std::nullopt;
    const auto& image = json["image"];
    const auto numbers = [&](const char* key) {
        std::vector<double> found;
        if (!image.contains(key)) return found;
        const auto& entry = image[key];
        if (entry.is_number()) return std::vector{entry.get<double>()};
        if (entry.is_array() && entry.size() == 3)
            for (const auto& each : entry) found.push_back(each.is_number() ? each.get<double>() : 0);
        return found;
    };
    const auto whole = [](double length) -> std::optional<std::int64_t> {
        if (length >= 1 && length < 1e9 && std::floor(length) == length) return length;
        return std::nullopt;
    };
    const auto word = [&](const char* key) {
        return image.contains(key) && image[key].is_string() ? image[key].get<std::string>() : std::string();
    };
    const auto zyx = numbers("shape"), size = numbers("voxel_size_m");
    RawClaim claim{.type = image.contains("type") ? voxel_type(word("type")) : VoxelType::u8}; // once the only one
    if (const auto order = word("endian"); order == "little" || order == "big") claim.big_endian = order == "big";
    if (zyx.size() == 3) claim.shape = shape_of(whole(zyx[2]), whole(zyx[1]), whole(zyx[0]));
    if (size.size() == 1) claim.voxel_edges_m = cube_of(size[0], 1);
    if (size.size() == 3) claim.voxel_edges_m = voxel_edges(std::array{size[2], size[1], size[0]}, 1);
    return claim.shape ? std::optional(claim) : std::nullopt;
}

std::optional<RawClaim> claim_of_pyhst(std::string_view text)
{
    const auto fields = fields_of(text, '=');
    const auto length = [&](const char* key) { return read_number<std::int64_t>(field(fields, key)); };
    RawClaim claim{.shape = shape_of(length("num_x"), length("num_y"), length("num_z")), .type_by_size = true};
    if (!claim.shape) return std::nullopt;
    if (const auto edge = read_number<double>(field(fields, "voxelsize"))) claim.voxel_edges_m = cube_of(*edge, 1e-6);
    const auto order = text::small_letters(field(fields, "byteorder"));
    if (order == "lowbytefirst") claim.big_endian = false;
    if (order == "highbytefirst") claim.big_endian = true;
    return claim;
}

std::optional<RawClaim> claim_of_imagej(std::string_view text)
{
    const auto fields = fields_of(text, ':');
    const auto depth = count(field(fields, "depth"));
    RawClaim claim{.shape = shape_of(count(field(fields, "width")), count(field(fields, "height")),
                                     depth ? depth : count(field(fields, "slices")))};
    if (!claim.shape) return std::nullopt;
    const auto bits = field(fields, "bits per pixel");
    claim.type =
        named_type(bits.substr(0, bits.find(' ')), {{"8", VoxelType::u8}, {"16", VoxelType::u16}, {"32", VoxelType::f32}});
    if (claim.type && *claim.type != VoxelType::u8)
        claim.note = "ImageJ writes the high byte of raw voxels first unless told otherwise, so give --endian big if the "
                     "labels are odd";
    set_imagej_size(fields, claim);
    return claim;
}

std::optional<RawClaim> claim_of_metaimage(std::string_view text) { return claim_by(parse_metaimage, text); }

std::optional<RawClaim> claim_of_nrrd(std::string_view text) { return claim_by(parse_nrrd, text); }

} // namespace lapilli::format
