// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/jpeg_2000/jpeg_2000_codestream.hpp"

#include "core/error.hpp"
#include "format/headed/header_bytes.hpp"
#include "text/sentence.hpp"

#include <algorithm>
#include <map>
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

/// The parts of a tile, which stand in their order.
struct TileParts {
    int there = 0;
    int promised = 0; ///< 0: not said
    bool in_order = true;

    bool whole() const { return in_order && there >= promised; } // some encoders promise one too few

    void take(int place, int of)
    {
        in_order &= place == there++;
        promised = std::max(promised, of);
    }
};

/// @throws Error a segment at `at` says that numbers are packed with loss: all, or those of one tile
void require_reversible(const file::InputFile& file, std::int64_t at, int mark)
{
    constexpr int coding = 0xff52, coding_of_plane = 0xff53;
    if (mark != coding && mark != coding_of_plane) return;
    const auto bytes = bytes_at(file, at, 14);
    const HeaderBytes segment(bytes, true);
    if (segment.find<std::uint8_t>(mark == coding ? 13 : 10) != 1)
        throw input_error(
            "{} is JPEG 2000 that was packed with loss (wavelet 9-7), so that its numbers are not those of the "
            "scan; take the slices before they were packed, or pack them without loss",
            file.path());
}

/// The tiles that have a part in the file, by the lengths of all segments. @throws Error packed with loss
std::map<int, TileParts> tiles_there(const file::InputFile& file, std::int64_t begin)
{
    constexpr int part = 0xff90, data = 0xff93, end = 0xffd9, least_mark = 0xff00;
    constexpr std::int64_t head_of_part = 12, least_part = 14;
    std::map<int, TileParts> tiles;
    std::int64_t next_part = file.size();                  // its length may be 0: to the end
    for (std::int64_t at = begin + 2; at < file.size();) { // behind the mark of its begin
        const auto bytes = bytes_at(file, at, head_of_part);
        const HeaderBytes segment(bytes, true);
        const int mark = segment.get<std::uint16_t>(0);
        if (mark == end || mark < least_mark) break;
        if (mark == data) {
            at = next_part;
            continue;
        }
        require_reversible(file, at, mark);
        if (mark == part) {
            tiles[segment.get<std::uint16_t>(4)].take(segment.get<std::uint8_t>(10), segment.get<std::uint8_t>(11));
            const std::int64_t length = segment.get<std::uint32_t>(6);
            next_part = length < least_part ? file.size() : at + length;
        }
        at += 2 + segment.get<std::uint16_t>(2);
    }
    return tiles;
}

} // namespace

void require_whole_jpeg_2000(const file::InputFile& file)
{
    // Voxels of one value: a few hundred bytes hold 8192 x 8192, larger slices 200 000 voxels a byte.
    constexpr std::int64_t most = 1 << 30, any_size = 1 << 26, best_ratio = 1 << 18;
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
    if (nx < 1 || ny < 1 || nx > most / ny || (nx * ny > any_size && nx * ny / best_ratio > file.size()))
        throw input_error("{} has {} bytes, too few for the {} x {} voxels that it promises; it was cut off or is damaged",
                          file.path(), text::grouped(file.size()), nx, ny);
    const auto tiles = tiles_there(file, begin);
    const std::int64_t across = tiles_along(8, 24, 32), down = tiles_along(12, 28, 36), there = std::ssize(tiles);
    if (across < 1 || down < 1 || across > there / down || across * down != there)
        throw input_error("{} promises {} x {} tiles of its voxels, but has {}; it was cut off or is damaged", file.path(),
                          across, down, there);
    const auto torn = std::ranges::find_if(tiles, [](const auto& tile) { return !tile.second.whole(); });
    if (torn != tiles.end())
        throw input_error("{} lacks a part of tile {} of its voxels; it was cut off or is damaged, fetch or make it again",
                          file.path(), torn->first);
}

} // namespace lapilli::format
