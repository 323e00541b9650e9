// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/headed/vti.hpp"

#include "core/error.hpp"
#include "format/headed/header_bytes.hpp"
#include "format/headed/parts.hpp"
#include "format/headed/xml_skeleton.hpp"
#include "format/header_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace lapilli::format {
namespace {

/// What all arrays of a file share.
struct Vti {
    const file::InputFile& file;
    pugi::xml_node piece, appended;
    bool big_endian = false;
    std::int64_t word = 4; ///< bytes of the numbers before the data
    bool packed = false;
};

std::optional<std::int64_t> widened(std::optional<std::uint32_t> number) { return number; }

/// The data begin with a table: the number of blocks, two lengths, and the packed length of each.
void set_vti_packing(const Vti& vti, VoxelBlock& block)
{
    auto stream = read_bytes(file::InputFile(vti.file.path()), block.offset, vti.file.size());
    if (block.base64) stream = decode_base64(std::move(stream));
    const auto next = [&]() -> std::int64_t {
        std::string bytes(vti.word, '\0');
        bytes.resize(stream->read(std::as_writable_bytes(std::span(bytes))));
        const HeaderBytes header(bytes, vti.big_endian);
        const auto read = vti.word == 8 ? header.find<std::int64_t>(0) : widened(header.find<std::uint32_t>(0));
        if (!read || *read < 0 || *read > vti.file.size())
            throw input_error("{} has a table of packed blocks that cannot be right; it was cut off or is damaged",
                              vti.file.path());
        return *read;
    };
    const std::int64_t blocks = next();
    const std::int64_t table = vti.word * (3 + blocks);
    if (!skip(*stream, 2 * vti.word) || table > vti.file.size())
        throw input_error("{} ends within the table of its packed blocks; it was cut off or is damaged", vti.file.path());
    std::int64_t bytes = 0;
    for (std::int64_t i = 0; i < blocks && bytes <= vti.file.size(); ++i) bytes += next();
    const auto letters = [&](std::int64_t count) { return block.base64 ? (count + 2) / 3 * 4 : count; };
    block.packing = Packing::zlib;
    block.before_packed = table;
    if (block.size) block.size = letters(table) + letters(bytes);
}

/// Where the data of an array begin; nothing where that is not read, for the reason given.
std::optional<VoxelBlock> place_of_array(const Vti& vti, pugi::xml_node array, std::string& reason)
{
    const std::string_view format = array.attribute("format").as_string("ascii");
    VoxelBlock block{.format = "VTI", .big_endian = vti.big_endian, .before_packed = vti.word};
    if (format == "binary") { // up to the next tag
        block.offset = array.attribute("content").as_llong();
        block.base64 = true;
        return block;
    }
    const std::int64_t behind = array.attribute("offset").as_llong(-1);
    if (format != "appended" || !vti.appended || behind < 0 || behind > vti.file.size()) {
        reason = format == "ascii" ? "is written in words (save it as binary)" : "does not say where its numbers lie";
        return std::nullopt;
    }
    std::string begin(64, '\0'); // blanks, and an underline
    const std::int64_t content = vti.appended.attribute("content").as_llong();
    begin.resize(vti.file.read_some(content, std::as_writable_bytes(std::span(begin))));
    block.offset = content + static_cast<std::int64_t>(begin.find('_') + 1) + behind;
    block.size = vti.file.size();
    block.base64 = std::string_view(vti.appended.attribute("encoding").as_string("base64")) == "base64";
    return block;
}

/// Lengths x, y, z of the image that the values of cells, or of points, are.
std::vector<std::int64_t> vti_lengths(const Vti& vti, bool of_points)
{
    const auto extent = read_numbers<std::int64_t>(vti.piece.attribute("Extent").as_string(), " \t\n\r");
    constexpr std::int64_t most = std::int64_t{1} << 40;
    if (extent.size() != 6 || !std::ranges::all_of(extent, [&](std::int64_t at) { return at > -most && at < most; }))
        return {};
    std::vector<std::int64_t> lengths;
    for (const std::size_t axis : {0U, 2U, 4U}) {
        const std::int64_t cells = extent[axis + 1] - extent[axis];
        lengths.push_back(of_points ? cells + 1 : std::max<std::int64_t>(1, cells));
    }
    return lengths;
}

Part vti_part(const Vti& vti, pugi::xml_node array, bool of_points)
{
    Part part{.name = array.attribute("Name").as_string()};
    const auto shape = image_shape(vti_lengths(vti, of_points));
    const auto type = vtk_types.type(array.attribute("type").as_string());
    const int components = array.attribute("NumberOfComponents").as_int(1);
    if (components != 1)
        part.reason = fmt::format("has {} components", components);
    else if (!shape || !type)
        part.reason = fmt::format("is an array of {} {}", lengths_text(vti_lengths(vti, of_points)),
                                  array.attribute("type").as_string());
    else if (auto block = place_of_array(vti, array, part.reason)) {
        block->shape = *shape;
        block->type = *type;
        part.block = block;
    }
    return part;
}

void set_vti_edges(pugi::xml_node image, VoxelBlock& block)
{
    constexpr double smallest = 1e-9, largest = 1e-4; // [m], within which no other unit is meant
    const auto spacing = read_numbers<double>(image.attribute("Spacing").as_string("1 1 1"), " \t\n\r");
    // this program says beside the voxels that it means metres
    if (image.child("FieldData").find_child_by_attribute("DataArray", "Name", "voxel_size_m")) {
        block.voxel_edges_m = voxel_edges(spacing, 1);
        return;
    }
    if (std::ranges::all_of(spacing, [](double edge) { return edge == 1; })) return; // what writers put unasked
    if (std::ranges::all_of(spacing, [](double edge) { return edge >= smallest && edge < largest; }))
        block.voxel_edges_m = voxel_edges(spacing, 1);
    const auto lengths = fmt::format("{} (x, y, z)", fmt::join(spacing, " x "));
    block.voxel_remarks.push_back(block.voxel_edges_m
                                      ? fmt::format("the Spacing of a .vti has no unit; {} is taken as metres", lengths)
                                      : unknown_unit("the Spacing of a .vti", lengths, ""));
}

/// @throws Error what is not read, by its name
Vti vti_of(const file::InputFile& file, pugi::xml_node root)
{
    const std::string_view kind = root.attribute("type").as_string(), compressor = root.attribute("compressor").as_string();
    if (kind != "ImageData")
        throw input_error("{} holds {} of VTK, but an image is ImageData (.vti); save it as that", file.path(),
                          kind.empty() ? "nothing" : kind);
    if (!compressor.empty() && compressor != "vtkZLibDataCompressor")
        throw input_error("{} is packed by {}, which is not read; save it with zlib, or not packed", file.path(),
                          compressor);
    const auto image = root.child("ImageData");
    if (image.child("Piece").next_sibling("Piece"))
        throw input_error("{} has several pieces, which are not read; save it in one", file.path());
    return {.file = file,
            .piece = image.child("Piece"),
            .appended = root.child("AppendedData"),
            .big_endian = std::string_view(root.attribute("byte_order").as_string()) == "BigEndian",
            .word = std::string_view(root.attribute("header_type").as_string()) == "UInt64" ? 8 : 4,
            .packed = !compressor.empty()};
}

} // namespace

bool is_vtk_xml(const Candidate& candidate)
{
    const auto begin = trimmed(candidate.begin);
    return begin.starts_with("<VTKFile") || (begin.starts_with("<?xml") && begin.find("<VTKFile") != std::string_view::npos);
}

std::unique_ptr<ImageReader> open_vti(Candidate candidate)
{
    const auto document = skeleton_of(*candidate.file);
    const auto root = document.child("VTKFile");
    const Vti vti = vti_of(*candidate.file, root);
    std::vector<Part> parts;
    for (const bool of_points : {false, true})
        for (const auto array : vti.piece.child(of_points ? "PointData" : "CellData").children("DataArray"))
            parts.push_back(vti_part(vti, array, of_points));
    const Part& part = choose(candidate.path, candidate.part, parts);
    VoxelBlock block = *part.block;
    if (vti.packed) set_vti_packing(vti, block);
    set_vti_edges(root.child("ImageData"), block);
    return open_block(candidate.path, candidate.part, block);
}

} // namespace lapilli::format
