// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/amira/amira.hpp"

#include "core/error.hpp"
#include "format/header_text.hpp"
#include "text/length_unit.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace lapilli::format {
namespace {

/// Words of the header: quoted ones with their quotes, braces alone, comments left out.
std::vector<std::string_view> words_of(std::string_view text)
{
    constexpr std::string_view between = " \t\r\n,", alone = "{}=";
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 1;
        if (between.find(text[at]) != std::string_view::npos) {
            at = end;
            continue;
        }
        if (text[at] == '#')
            end = text.find('\n', at);
        else if (text[at] == '"')
            end = text.find('"', at + 1) == std::string_view::npos ? text.size() : text.find('"', at + 1) + 1;
        else if (text[at] == '@' && text.find(')', at) < text.find('\n', at)) // @1(HxByteRLE,1234)
            end = text.find(')', at) + 1;
        else if (alone.find(text[at]) == std::string_view::npos)
            end = text.find_first_of(" \t\r\n,{}=", at);
        end = std::min(end, text.size());
        if (text[at] != '#') words.push_back(text.substr(at, end - at));
        at = end;
    }
    return words;
}

/// The numbers behind a word.
template <class T, std::size_t count>
std::optional<std::array<T, count>> numbers_behind(const std::vector<std::string_view>& words, std::size_t at)
{
    std::array<T, count> numbers{};
    for (std::size_t i = 0; i < count; ++i) {
        const auto number = at + 1 + i < words.size() ? read_number<T>(words[at + 1 + i]) : std::nullopt;
        if (!number) return std::nullopt;
        numbers[i] = *number;
    }
    return numbers;
}

std::string_view unquoted(std::string_view word)
{
    if (word.size() > 1 && word.starts_with('"') && word.ends_with('"')) word = word.substr(1, word.size() - 2);
    return word;
}

/// What is found on the way through the words.
struct Statements {
    std::optional<std::array<std::int64_t, 3>> lattice; ///< x, y, z
    std::optional<std::array<double, 6>> box;           ///< of the centres of the first and the last voxels
    std::string_view unit, coordinates;
    std::vector<std::array<std::string_view, 3>> fields; ///< type, name, place of each
};

Statements statements_of(const std::vector<std::string_view>& words)
{
    Statements found;
    int depth = 0;
    const auto word = [&](std::size_t i) { return i < words.size() ? words[i] : std::string_view(); };
    for (std::size_t i = 0; i < words.size(); ++i) {
        depth += words[i] == "{" ? 1 : words[i] == "}" ? -1 : 0;
        if (words[i] == "define" && word(i + 1) == "Lattice") found.lattice = numbers_behind<std::int64_t, 3>(words, i + 1);
        if (words[i] == "BoundingBox" && !found.box) found.box = numbers_behind<double, 6>(words, i);
        if (words[i] == "Coordinates" && found.unit.empty()) found.unit = unquoted(word(i + 1));
        if (words[i] == "CoordType") found.coordinates = unquoted(word(i + 1));
        const bool field = depth == 0 && words[i] == "Lattice" && word(i + 1) == "{" && word(i + 4) == "}";
        if (field) found.fields.push_back({word(i + 2), word(i + 3), word(i + 5) == "=" ? word(i + 6) : word(i + 5)});
    }
    return found;
}

/// Edges by the bounding box; those of 1 without a unit are what is written when nobody said anything.
void take_voxel_size(const Statements& said, VoxelBlock& block)
{
    if (!said.box) return;
    std::array<double, 3> edges{};
    for (std::size_t axis = 0; axis < edges.size(); ++axis) {
        const double length = (*said.box)[2 * axis + 1] - (*said.box)[2 * axis];
        edges[axis] = length / static_cast<double>((*said.lattice)[axis] - 1);
    }
    if (block.shape.nz == 1) edges[2] = edges[0];
    const auto metres = text::metres_of(said.unit);
    block.voxel_edges_m = voxel_edges(edges, metres.value_or(1));
    if (!block.voxel_edges_m || metres) return;
    block.voxel_edges_m.reset();
    if (edges != std::array{1., 1., 1.})
        block.voxel_remarks.push_back(unknown_unit(
            "the bounding box", fmt::format("{:.6g} x {:.6g} x {:.6g}", edges[0], edges[1], edges[2]), said.unit));
}

std::optional<VoxelType> type_of(std::string_view word)
{
    constexpr std::array<std::pair<std::string_view, VoxelType>, 7> types{{{"byte", VoxelType::u8},
                                                                           {"ubyte", VoxelType::u8},
                                                                           {"short", VoxelType::i16},
                                                                           {"ushort", VoxelType::u16},
                                                                           {"int", VoxelType::i32},
                                                                           {"float", VoxelType::f32},
                                                                           {"double", VoxelType::f64}}};
    const auto* found = std::ranges::find(types, word, &std::pair<std::string_view, VoxelType>::first);
    return found == types.end() ? std::nullopt : std::optional(found->second);
}

/// "@1", "@1(HxByteRLE,1234)": how the voxels are packed. @throws Error another packing
void take_place(const std::string& path, std::string_view place, VoxelBlock& block)
{
    const std::size_t open = place.find('(');
    if (open == std::string_view::npos) return;
    place = place.substr(open + 1, place.find(')') - open - 1);
    const std::string_view packing = place.substr(0, place.find(','));
    const auto bytes = read_number<std::int64_t>(trimmed(place.substr(std::min(place.size(), packing.size() + 1))));
    if (!bytes || (packing != "HxByteRLE" && packing != "HxZip"))
        throw input_error("{} has voxels packed by '{}', but HxByteRLE, HxZip or no packing is expected; save it as a plain "
                          "Amira mesh",
                          path, packing);
    block.packing = packing == "HxZip" ? Packing::zlib : Packing::byte_rle;
    block.size = *bytes;
}

/// Whether the first line says bytes, and in which order. @throws Error it does not
bool is_big_endian(const std::string& path, std::string_view line)
{
    if (line.find("BINARY-LITTLE-ENDIAN") != std::string_view::npos) return false;
    if (line.find("BINARY") != std::string_view::npos) return true;
    throw input_error("{} has its voxels as words (ASCII), but bytes are expected; save it as a binary Amira mesh", path);
}

} // namespace

VoxelBlock parse_amira(std::string_view text, const std::string& path)
{
    const std::size_t mark = text.find("\n@1");
    const std::size_t line_end = mark == std::string_view::npos ? mark : text.find('\n', mark + 1);
    if (line_end == std::string_view::npos)
        throw input_error("{} has no block of voxels (@1) behind its text; it was cut off or is damaged", path);
    const std::string_view head = text.substr(0, mark);
    const Statements said = statements_of(words_of(head));
    const auto first = std::ranges::find_if(said.fields, [](const auto& field) { return field[2].starts_with("@1"); });
    const auto type = first == said.fields.end() ? std::nullopt : type_of((*first)[0]);
    const auto shape = said.lattice ? image_shape({said.lattice->begin(), said.lattice->end()}) : std::nullopt;
    const bool uniform = said.coordinates.empty() || said.coordinates == "uniform";
    if (!shape || !uniform || !type)
        throw input_error("{} is an Amira mesh without a regular lattice of one number per voxel, but an image is expected; "
                          "save the image or the labels themselves",
                          path);
    VoxelBlock block{.format = "Amira mesh",
                     .shape = *shape,
                     .type = *type,
                     .big_endian = is_big_endian(path, head.substr(0, head.find('\n'))),
                     .offset = static_cast<std::int64_t>(line_end) + 1};
    take_place(path, (*first)[2], block);
    take_voxel_size(said, block);
    if (said.fields.size() > 1)
        block.remarks.push_back(fmt::format("{} holds {} numbers per voxel, of which the first ({}) is taken", path,
                                            said.fields.size(), (*first)[1]));
    return block;
}

std::unique_ptr<ImageReader> open_amira(Candidate candidate)
{
    const VoxelBlock block = parse_amira(head_of(*candidate.file), candidate.path);
    const std::int64_t left = candidate.file->size() - block.offset;
    if (block.size.value_or(0) < 0 || block.size.value_or(0) > left)
        throw input_error(
            "{} says that its voxels are {} packed bytes, but {} follow its text; it was cut off or is damaged",
            candidate.path, *block.size, left);
    return open_block(candidate.path, {}, block);
}

} // namespace lapilli::format
