// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/jpeg_2000/jpeg_2000_codestream.hpp"

#include "core/error.hpp"
#include "format/headed/header_bytes.hpp"
#include "text/sentence.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

namespace lapilli::format {
namespace {

using namespace std::string_view_literals;

std::string bytes_at(const file::InputFile& file, std::int64_t offset, std::size_t count)
{
    std::string bytes(count, '\0');
    bytes.resize(file.read_some(offset, std::as_writable_bytes(std::span(bytes))));
    return bytes;
}

/// Where it begins, in a file that may have boxes before it.
std::int64_t begin_of_codestream(const file::InputFile& file)
{
    constexpr std::size_t most_before = 1 << 16;
    const auto at = bytes_at(file, 0, most_before).find("\xff\x4f\xff\x51"sv);
    if (at == std::string::npos)
        throw input_error("{} has no voxels of JPEG 2000; it was cut off or is damaged, fetch or make it again",
                          file.path());
    return static_cast<std::int64_t>(at);
}

/// The tiles that have a part in the file, by the lengths of all segments.
std::set<int> tiles_there(const file::InputFile& file, std::int64_t begin)
{
    constexpr int part = 0xff90, end = 0xffd9;
    constexpr std::int64_t least_part = 14;
    std::set<int> tiles;
    for (std::int64_t at = begin + 2; at < file.size();) { // behind the mark of its begin
        const auto bytes = bytes_at(file, at, 12);
        const HeaderBytes segment(bytes, true);
        const int mark = segment.get<std::uint16_t>(0);
        if (mark == end) break;
        if (mark != part) {
            at += 2 + segment.get<std::uint16_t>(2);
            continue;
        }
        tiles.insert(segment.get<std::uint16_t>(4));
        const std::int64_t length = segment.get<std::uint32_t>(6);
        if (length < least_part) break; // 0: to the end
        at += length;
    }
    return tiles;
}

} // namespace

void require_whole_jpeg_2000(const file::InputFile& file)
{
    constexpr std::int64_t most = std::int64_t{1} << 30, best_ratio = std::int64_t{1} << 20; // of slices of one value
    const auto begin = begin_of_codestream(file);
    const auto bytes = bytes_at(file, begin, 42);
    const HeaderBytes header(bytes, true);
    const auto field = [&](std::size_t place) -> std::int64_t { return header.get<std::uint32_t>(place); };
    const auto tiles_along = [&](std::size_t last, std::size_t length, std::size_t first) {
        return (field(last) - field(first) - 1) / std::max<std::int64_t>(1, field(length)) + 1;
    };
    const std::int64_t nx = field(8) - field(16), ny = field(12) - field(20);
    const int numbers = header.get<std::uint16_t>(40);
    if (numbers != 1)
        throw input_error("{} is JPEG 2000 of {} numbers a pixel, but one is expected; save it in grey", file.path(),
                          numbers);
    if (nx < 1 || ny < 1 || nx > most / ny || nx * ny / best_ratio > file.size())
        throw input_error("{} has {} bytes, too few for the {} x {} voxels that it promises; it was cut off or is damaged",
                          file.path(), text::grouped(file.size()), nx, ny);
    const std::int64_t across = tiles_along(8, 24, 32), down = tiles_along(12, 28, 36),
                       there = std::ssize(tiles_there(file, begin));
    if (across < 1 || down < 1 || across > there / down || across * down != there)
        throw input_error("{} promises {} x {} tiles of its voxels, but has {}; it was cut off or is damaged", file.path(),
                          across, down, there);
}

} // namespace lapilli::format
