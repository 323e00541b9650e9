// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/headed/matlab.hpp"

#include "core/error.hpp"
#include "format/headed/header_bytes.hpp"
#include "format/headed/parts.hpp"
#include "format/header_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace lapilli::format {
namespace {

constexpr std::uint32_t matrix = 14, compressed = 15; // of elements
constexpr std::int64_t file_header = 128, tag_bytes = 8;

constexpr std::pair<std::uint32_t, VoxelType> stored_types[] = {
    {1, VoxelType::i8},  {2, VoxelType::u8},  {3, VoxelType::i16}, {4, VoxelType::u16},  {5, VoxelType::i32},
    {6, VoxelType::u32}, {7, VoxelType::f32}, {9, VoxelType::f64}, {12, VoxelType::i64}, {13, VoxelType::u64}};

/// A piece of a variable: what stands in it, and where the next begins. Four bytes or less stand within the tag.
struct Element {
    std::uint32_t type = 0;
    std::int64_t bytes = 0;
    std::size_t begin = 0, next = 0;
};

Element element_at(const HeaderBytes& bytes, std::size_t at)
{
    const auto first = bytes.get<std::uint32_t>(at);
    if (first >> 16 != 0) return {first & 0xffff, first >> 16, at + 4, at + 8};
    const auto count = bytes.get<std::uint32_t>(at + 4);
    return {first, count, at + 8, at + 8 + (std::size_t{count} + 7) / 8 * 8};
}

/// A variable by its first bytes, from the tag on: flags, lengths, name, numbers. `before` of its block counts from there.
Part variable_of(std::string_view begin, bool big_endian)
{
    constexpr std::uint32_t first_of_numbers = 6, last_of_numbers = 15, complex = 0x800;
    const HeaderBytes bytes(begin, big_endian);
    const Element flags = element_at(bytes, tag_bytes), lengths = element_at(bytes, flags.next);
    const Element name = element_at(bytes, lengths.next), numbers = element_at(bytes, name.next);
    const auto flag = bytes.get<std::uint32_t>(flags.begin);
    const std::uint32_t kind = flag & 0xff;
    Part part{.name = std::string(bytes.text(name.begin, static_cast<std::size_t>(name.bytes)))};
    std::vector<std::int64_t> xyz;
    for (std::int64_t i = 0; i < std::min<std::int64_t>(32, lengths.bytes / 4); ++i)
        xyz.push_back(bytes.get<std::int32_t>(lengths.begin + 4 * static_cast<std::size_t>(i)));
    const auto shape = image_shape(xyz);
    const auto* const type = std::ranges::find(stored_types, numbers.type, &std::pair<std::uint32_t, VoxelType>::first);
    if (kind < first_of_numbers || kind > last_of_numbers || (flag & complex) != 0 || type == std::end(stored_types))
        part.reason = "is no array of real numbers";
    else if (!shape)
        part.reason = fmt::format("is an array of {}", lengths_text(xyz));
    else
        part.block = VoxelBlock{.format = "MATLAB 5",
                                .shape = *shape,
                                .type = type->second,
                                .big_endian = big_endian,
                                .before = static_cast<std::int64_t>(numbers.begin)};
    return part;
}

/// The first bytes of an element with its tag, those of a packed one unpacked.
std::string element_begin(const file::InputFile& file, std::int64_t at, std::int64_t size, bool packed)
{
    constexpr std::size_t most = 4096;
    std::string begin(most, '\0');
    auto stream = read_bytes(file::InputFile(file.path()), packed ? at + tag_bytes : at, packed ? size : size + tag_bytes);
    if (packed) stream = unpack(std::move(stream), Packing::zlib);
    begin.resize(stream->read(std::as_writable_bytes(std::span(begin))));
    return begin;
}

std::vector<Part> variables_of(const file::InputFile& file, bool big_endian)
{
    constexpr std::size_t most = 4096;
    std::vector<Part> parts;
    for (std::int64_t at = file_header; at + tag_bytes < file.size() && parts.size() < most;) {
        std::string raw(tag_bytes, '\0');
        file.read(at, std::as_writable_bytes(std::span(raw)));
        const HeaderBytes tag(raw, big_endian);
        const auto type = tag.get<std::uint32_t>(0);
        const std::int64_t size = tag.get<std::uint32_t>(4);
        if (type == matrix || type == compressed) {
            const bool packed = type == compressed;
            Part part = variable_of(element_begin(file, at, size, packed), big_endian);
            if (part.block) {
                part.block->offset = packed ? at + tag_bytes : at;
                part.block->size = packed ? size : size + tag_bytes;
                part.block->packing = packed ? Packing::zlib : Packing::none;
            }
            parts.push_back(std::move(part));
        }
        at += tag_bytes + size;
    }
    return parts;
}

} // namespace

std::unique_ptr<ImageReader> open_matlab(Candidate candidate)
{
    const std::string_view mark =
        std::string_view(candidate.begin).substr(std::min<std::size_t>(126, candidate.begin.size()), 2);
    if (mark != "IM" && mark != "MI")
        throw input_error("{} does not say its order of bytes as MAT-files do; it was cut off or is damaged",
                          candidate.path);
    const auto parts = variables_of(*candidate.file, mark == "MI");
    const Part& part = choose(candidate.path, candidate.part, parts);
    VoxelBlock block = *part.block;
    block.remarks.push_back(
        fmt::format("the first index of {} is taken as x, the last as z; save the transpose of an array of "
                    "Python, whose first is z",
                    part.name));
    return open_block(candidate.path, candidate.part, block);
}

} // namespace lapilli::format
