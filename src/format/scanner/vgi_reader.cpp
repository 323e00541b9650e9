// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/scanner/vgi_reader.hpp"

#include "core/error.hpp"
#include "format/raw/raw_reader.hpp"
#include "format/voxel_size.hpp"
#include "text/length_unit.hpp"
#include "text/sentence.hpp"
#include "text/small_letters.hpp"
#include "text/words.hpp"

#include <array>
#include <bit>
#include <filesystem>
#include <map>
#include <utility>

namespace lapilli::format {
namespace {

using Keys = std::map<std::string, std::string, std::less<>>; ///< in small letters

/// The keys of each section of the first volume, "[file1]" and so on.
std::map<std::string, Keys> sections_of(std::string_view words)
{
    std::map<std::string, Keys> sections;
    std::string section;
    for (std::string_view line : text::split(words, '\n')) {
        if (line.starts_with('[')) section = text::small_letters(std::string(line.substr(0, line.find(']') + 1)));
        const std::size_t equals = line.find('=');
        if (equals == std::string_view::npos) continue;
        const auto key = text::small_letters(std::string(text::trim(line.substr(0, equals))));
        sections[section].try_emplace(key, text::trim(line.substr(equals + 1))); // those of the first volume stand first
    }
    return sections;
}

std::string value(const Keys& keys, std::string_view key)
{
    const auto found = keys.find(key);
    return found == keys.end() ? std::string() : found->second;
}

/// Three numbers with blanks between. @throws Error other words
template <class T>
std::array<T, 3> three(const std::string& path, const Keys& keys, std::string_view key)
{
    std::array<T, 3> numbers{};
    std::size_t found = 0;
    const std::string words = value(keys, key);
    for (const auto word : text::split(words, ' ')) {
        if (word.empty()) continue;
        const auto number = text::number<T>(word);
        if (found == 3 || !number || !(*number > 0))
            throw input_error(
                "{} says '{} = {}', but three numbers above 0 are expected; the file is damaged, fetch it again", path, key,
                value(keys, key));
        numbers[found++] = *number;
    }
    if (found != 3) throw input_error("{} does not say '{} = X Y Z'; the file is damaged, fetch it again", path, key);
    return numbers;
}

VoxelType type_of(const std::string& path, const Keys& keys)
{
    const std::string kind = text::small_letters(value(keys, "datatype")), bits = value(keys, "bitsperelement");
    const std::string_view letter = kind == "float"              ? "f"
                                    : kind == "unsigned integer" ? "u"
                                    : kind == "signed integer"   ? "i"
                                                                 : "?";
    const auto type = voxel_type(std::string(letter) + bits);
    if (!type || text::number<int>(bits) != bytes_of(*type) * 8) // "u8" may mean 8 bits only
        throw input_error("{} says voxels of {} bits of the type '{}', which is not read; export it as 8 or 16 bits", path,
                          bits, kind);
    return *type;
}

VoxelSize voxel_size(const std::string& path, const Keys& geometry)
{
    if (value(geometry, "resolution").empty()) return {};
    const auto edges = three<double>(path, geometry, "resolution");
    const std::string unit = value(geometry, "unit");
    const auto metres = text::metres_of(unit);
    if (!metres)
        return {std::nullopt,
                {fmt::format("the file gives the resolution {:.6g} {}, so the voxel size is not known; give it with --voxel",
                             edges[0],
                             unit.empty() ? "without a unit" : fmt::format("in '{}', a unit that is not known", unit))}};
    const VoxelEdges size{.x = edges[0] * *metres, .y = edges[1] * *metres, .z = edges[2] * *metres};
    return {size.cubic() ? VoxelEdges::cube(size.x) : size, {}};
}

/// The file of the voxels, in the folder of the text wherever that was written.
std::string file_beside(const std::string& path, const std::string& name)
{
    const std::string own = name.substr(name.find_last_of("/\\") + 1);
    const std::filesystem::path text(path);
    return own.empty() ? std::filesystem::path(text).replace_extension(".vol").string()
                       : (text.parent_path() / own).string();
}

} // namespace

std::unique_ptr<ImageReader> open_vgi(file::InputFile file)
{
    constexpr std::int64_t most = 1 << 20; // [bytes] of a text
    std::string words(std::min(most, file.size()), '\0');
    file.read(0, std::as_writable_bytes(std::span(words)));
    auto sections = sections_of(words);
    const Keys keys = sections["[file1]"];
    const std::string& path = file.path();
    if (keys.empty()) throw input_error("{} names no file of voxels ([file1]); is it the .vgi of a volume?", path);
    if (sections.contains("[file2]"))
        throw input_error("{} has its voxels in several files, but one is expected; export the volume as one", path);
    if (const auto format = text::small_letters(value(keys, "fileformat")); !format.empty() && format != "raw")
        throw input_error("{} has voxels in the format '{}', but raw is expected; export the volume as raw", path, format);
    const auto extent = three<std::int64_t>(path, keys, "size");
    const RawLayout layout{.shape = {.nz = extent[2], .ny = extent[1], .nx = extent[0]},
                           .type = type_of(path, keys),
                           .swap = std::endian::native == std::endian::big};
    const VoxelSize size = voxel_size(path, sections["[geometry]"]);
    file::InputFile voxels(file_beside(path, value(keys, "name")), "the voxels of " + path);
    ImageDescription description{.path = path,
                                 .format = fmt::format("VGStudio {}", name(layout.type)),
                                 .shape = layout.shape,
                                 .type = layout.type,
                                 .voxel_edges_m = size.edges_m,
                                 .voxel_remarks = size.remarks};
    const auto skipped = text::number<std::int64_t>(value(keys, "skipheader")).value_or(0);
    return open_raw_within(std::move(voxels), std::move(description), layout, skipped);
}

} // namespace lapilli::format
