// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/scanner/vgi.hpp"

#include "core/error.hpp"
#include "format/header_text.hpp"
#include "text/length_unit.hpp"
#include "text/small_letters.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace lapilli::format {
namespace {

/// The lines of a section, "[file1]", up to the next one; empty: there is none.
std::string_view section(std::string_view text, std::string_view name)
{
    const std::size_t begin = text.find(name);
    if (begin == std::string_view::npos) return {};
    text.remove_prefix(begin + name.size());
    return text.substr(0, std::min(text.find("\n["), text.find("\n{")));
}

VoxelType type_of(const std::string& path, const Fields& fields)
{
    const std::string kind = text::small_letters(std::string(field(fields, "datatype")));
    const auto bits = read_number<int>(field(fields, "bitsperelement")).value_or(0);
    for (const VoxelType type : all_voxel_types) {
        const char letter = name(type)[0];
        const std::string_view word = letter == 'f' ? "float" : letter == 'u' ? "unsigned integer" : "signed integer";
        if (kind == word && bits == bytes_of(type) * 8) return type;
    }
    throw input_error("{} says voxels of {} bits of the type '{}', which is not read; export it as 8 or 16 bits", path, bits,
                      kind);
}

/// The name of the file of the voxels: that of the text where none is said.
std::string file_of(const std::string& path, std::string_view named)
{
    const std::string_view own = named.substr(named.find_last_of("/\\") + 1);
    return own.empty() ? std::filesystem::path(path).filename().replace_extension(".vol").string() : std::string(own);
}

void take_voxel_size(const Fields& geometry, VoxelBlock& block)
{
    const auto resolution = field(geometry, "resolution"), unit = field(geometry, "unit");
    const auto edges = read_numbers<double>(resolution);
    const auto metres = text::metres_of(unit);
    if (edges.size() == 3 && metres) block.voxel_edges_m = voxel_edges(edges, *metres);
    if (edges.size() == 3 && !metres) block.voxel_remarks.push_back(unknown_unit("the text of VGStudio", resolution, unit));
}

} // namespace

VoxelBlock parse_vgi(std::string_view text, const std::string& path)
{
    const Fields file = fields_of(section(text, "[file1]"), '=');
    if (file.empty()) throw input_error("{} names no file of voxels ([file1]); is it the .vgi of a volume?", path);
    if (text.find("[file2]") != std::string_view::npos)
        throw input_error("{} has its voxels in several files, but one is expected; export the volume as one", path);
    if (const auto format = text::small_letters(std::string(field(file, "fileformat"))); !format.empty() && format != "raw")
        throw input_error("{} has voxels in the format '{}', but raw is expected; export the volume as raw", path, format);
    const auto size = read_numbers<std::int64_t>(field(file, "size"));
    const auto shape = size.size() == 3 ? image_shape(size) : std::nullopt;
    if (!shape) refuse_array(path, size);
    VoxelBlock block{.format = "VGStudio",
                     .shape = *shape,
                     .type = type_of(path, file),
                     .file = file_of(path, field(file, "name")),
                     .offset = read_number<std::int64_t>(field(file, "skipheader")).value_or(0)};
    take_voxel_size(fields_of(section(text, "[geometry]"), '='), block);
    return block;
}

std::unique_ptr<ImageReader> open_vgi(Candidate candidate)
{
    return open_block(candidate.path, {}, parse_vgi(head_of(*candidate.file), candidate.path));
}

} // namespace lapilli::format
