// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/amira/amira_header.hpp"

#include "core/error.hpp"
#include "text/length_unit.hpp"
#include "text/sentence.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
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
        const auto number = at + 1 + i < words.size() ? text::number<T>(words[at + 1 + i]) : std::nullopt;
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

VoxelSize voxel_size(const Statements& said)
{
    if (!said.box || !said.lattice) return {};
    std::array<double, 3> edges{};
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const auto steps = (*said.lattice)[axis] - 1;
        edges[axis] = ((*said.box)[2 * axis + 1] - (*said.box)[2 * axis]) / static_cast<double>(steps);
    }
    if ((*said.lattice)[2] == 1) edges[2] = edges[0]; // a plane
    const bool sound = std::ranges::all_of(edges, [](double edge) { return std::isfinite(edge) && edge > 0; });
    const auto metres = text::metres_of(said.unit);
    if (!sound || (!metres && edges == std::array{1., 1., 1.})) return {};
    if (!metres)
        return {std::nullopt,
                {fmt::format("the bounding box makes voxels of {:.6g} {}, so their size is not known; give it with --voxel",
                             edges[0],
                             said.unit.empty() ? "in a unit that the file does not say"
                                               : fmt::format("in '{}', a unit that is not known", said.unit))}};
    const VoxelEdges size{.x = edges[0] * *metres, .y = edges[1] * *metres, .z = edges[2] * *metres};
    return {size.cubic() ? VoxelEdges::cube(size.x) : size, {}};
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

/// "@1", "@1(HxByteRLE,1234)" -> how the voxels are packed. @throws Error another packing
void take_place(const std::string& path, std::string_view place, AmiraHeader& header)
{
    const std::size_t open = place.find('(');
    if (open == std::string_view::npos) return;
    const auto parts = text::split(place.substr(open + 1, place.find(')') - open - 1), ',');
    const auto bytes = parts.size() == 2 ? text::number<std::int64_t>(parts[1]) : std::nullopt;
    if (!bytes || (parts[0] != "HxByteRLE" && parts[0] != "HxZip"))
        throw input_error("{} has voxels packed by '{}', but HxByteRLE, HxZip or no packing is expected; save it as a plain "
                          "Amira mesh",
                          path, parts[0]);
    header.packing = parts[0] == "HxZip" ? AmiraHeader::Packing::zip : AmiraHeader::Packing::byte_rle;
    header.packed_bytes = *bytes;
}

/// Whether the first line says bytes, and in which order. @throws Error it does not
bool is_big_endian(const std::string& path, std::string_view line)
{
    if (line.find("BINARY-LITTLE-ENDIAN") != std::string_view::npos) return false;
    if (line.find("BINARY") != std::string_view::npos) return true;
    throw input_error("{} has its voxels as words (ASCII), but bytes are expected; save it as a binary Amira mesh", path);
}

} // namespace

AmiraHeader amira_header(const file::InputFile& file)
{
    constexpr std::int64_t most = 1 << 20; // [bytes]
    std::string text(std::min(most, file.size()), '\0');
    file.read(0, std::as_writable_bytes(std::span(text)));
    const std::size_t mark = text.find("\n@1");
    const std::size_t line_end = mark == std::string::npos ? mark : text.find('\n', mark + 1);
    const std::string& path = file.path();
    if (line_end == std::string::npos)
        throw input_error("{} has no block of voxels (@1) within its first {} bytes; it was cut off or is damaged", path,
                          text::grouped(std::ssize(text)));
    AmiraHeader header{.data_at = static_cast<std::int64_t>(line_end) + 1};
    const std::string_view head(text.data(), mark);
    header.big_endian = is_big_endian(path, head.substr(0, head.find('\n')));
    const Statements said = statements_of(words_of(head));
    const auto first = std::ranges::find_if(said.fields, [](const auto& field) { return field[2].starts_with("@1"); });
    const auto type = first == said.fields.end() ? std::nullopt : type_of((*first)[0]);
    const bool uniform = said.coordinates.empty() || said.coordinates == "uniform";
    if (!said.lattice || !uniform || std::ranges::any_of(*said.lattice, [](auto extent) { return extent < 1; }) || !type)
        throw input_error("{} is an Amira mesh without a regular lattice of one number per voxel, but an image is expected; "
                          "save the image or the labels themselves",
                          path);
    header.shape = {.nz = (*said.lattice)[2], .ny = (*said.lattice)[1], .nx = (*said.lattice)[0]};
    header.type = *type;
    header.voxel = voxel_size(said);
    take_place(path, (*first)[2], header);
    if (said.fields.size() > 1)
        header.remarks.push_back(fmt::format("{} holds {} numbers per voxel, of which the first ({}) is taken", path,
                                             said.fields.size(), (*first)[1]));
    return header;
}

} // namespace lapilli::format
