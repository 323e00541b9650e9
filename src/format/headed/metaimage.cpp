// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/headed/metaimage.hpp"

#include "core/error.hpp"
#include "format/header_text.hpp"
#include "text/length_unit.hpp"
#include "text/small_letters.hpp"

#include <algorithm>

namespace lapilli::format {
namespace {

/// The header ends with the line that names the file of the voxels. @returns its length with that line
std::size_t length_of_metaimage(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        const auto line = text::small_letters(trimmed(text.substr(at, end - at)));
        at = std::min(end + 1, text.size());
        if (line.starts_with("elementdatafile")) return at;
    }
    return text.size();
}

bool is_true_field(const Fields& fields, std::string_view key) { return text::small_letters(field(fields, key)) == "true"; }

/// Where the voxels lie. @throws Error not in one piece
void place_metaimage(const Fields& fields, std::size_t header, const std::string& path, VoxelBlock& block)
{
    const auto file = field(fields, "elementdatafile");
    if (file.empty()) throw input_error("{} does not say where its voxels lie (ElementDataFile); write it again", path);
    if (file == "LIST" || file.find('%') != std::string_view::npos)
        throw input_error("{} is MetaImage with a file for each plane, which is not read; save it as one .mha", path);
    const bool local = file == "LOCAL";
    if (!local) block.file = file;
    const auto skipped = read_number<std::int64_t>(field(fields, "headersize")).value_or(0);
    block.at_end = skipped == -1;
    block.offset = local ? static_cast<std::int64_t>(header) : std::max<std::int64_t>(0, skipped);
    if (!is_true_field(fields, "compresseddata")) return;
    block.packing = Packing::zlib;
    block.at_end = false;
    block.size = read_number<std::int64_t>(field(fields, "compresseddatasize"));
    if (block.size == 0) block.size.reset();
}

} // namespace

VoxelBlock parse_metaimage(std::string_view text, const std::string& path)
{
    const std::size_t header = length_of_metaimage(text);
    const bool local = text.substr(0, header).find("LOCAL") != std::string_view::npos; // else all of the file is header
    const auto fields = fields_of(local ? text.substr(0, header) : text, '=');
    const auto channels = field(fields, "elementnumberofchannels");
    const auto lengths = read_numbers<std::int64_t>(field(fields, "dimsize"));
    const auto shape = image_shape(lengths);
    if (!shape) refuse_array(path, lengths);
    if (!channels.empty() && channels != "1")
        throw input_error("{} has {} channels, but an image has one value a voxel; save one channel of it", path, channels);
    if (text::small_letters(field(fields, "binarydata")) == "false")
        throw input_error("{} is MetaImage with voxels in words, which is not read; save it as binary", path);
    const auto type_name = field(fields, "elementtype");
    const auto type = metaimage_types.type(type_name);
    if (!type) throw input_error("{} has voxels of type '{}', which is not read; save it as MET_UCHAR", path, type_name);
    VoxelBlock block{.format = "MetaImage", .shape = *shape, .type = *type};
    place_metaimage(fields, header, path, block);
    block.big_endian = is_true_field(fields, "binarydatabyteordermsb") || is_true_field(fields, "elementbyteordermsb");
    auto edges = field(fields, "elementspacing");
    if (edges.empty()) edges = field(fields, "elementsize");
    const auto spacing = read_numbers<double>(edges);
    const auto unit = text::metres_of(field(fields, "distanceunits"));
    const bool unasked = !unit && std::ranges::all_of(spacing, [](double edge) { return edge == 1; });
    if (!unasked)
        block.voxel_edges_m =
            voxel_edges(std::span(spacing).first(std::min<std::size_t>(3, spacing.size())), unit.value_or(1e-3));
    return block;
}

std::unique_ptr<ImageReader> open_metaimage(Candidate candidate)
{
    return open_block(candidate.path, {}, parse_metaimage(head_of(*candidate.file), candidate.path));
}

} // namespace lapilli::format
