// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/tiff/tiff_directories.hpp"

#include "core/error.hpp"
#include "text/sentence.hpp"

#include <array>
#include <optional>
#include <unordered_set>

namespace lapilli::format {
namespace {

struct Header {
    bool big_endian = false;
    bool big_tiff = false;

    std::size_t count_bytes() const { return big_tiff ? 8 : 2; }   ///< of the number of entries of a directory
    std::size_t entry_bytes() const { return big_tiff ? 20 : 12; } ///< of one of them
    std::size_t offset_bytes() const { return big_tiff ? 8 : 4; }
};

std::optional<Header> header(const file::InputFile& file)
{
    std::array<std::byte, 4> begin{};
    if (file.read_some(0, begin) != begin.size()) return std::nullopt;
    const auto is = [&](char order, int at, int version) {
        return begin[0] == std::byte(order) && begin[1] == std::byte(order) && begin[at] == std::byte(version) &&
               begin[5 - at] == std::byte{0};
    };
    for (const bool big_tiff : {false, true}) {
        const int version = big_tiff ? 43 : 42;
        if (is('I', 2, version)) return Header{.big_endian = false, .big_tiff = big_tiff};
        if (is('M', 3, version)) return Header{.big_endian = true, .big_tiff = big_tiff};
    }
    return std::nullopt;
}

/// An unsigned number of `bytes` bytes at that offset.
std::uint64_t number(const file::InputFile& file, const Header& header, std::int64_t offset, std::size_t bytes)
{
    std::array<std::byte, 8> digits{};
    file.read(offset, std::span(digits).first(bytes));
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i)
        value = value << 8 | std::to_integer<std::uint64_t>(digits[header.big_endian ? i : bytes - 1 - i]);
    return value;
}

} // namespace

bool is_tiff(const file::InputFile& file) { return header(file).has_value(); }

std::optional<int> resolution_unit(const file::InputFile& file, std::uint64_t directory)
{
    constexpr std::uint64_t tag = 296, type_short = 3;
    const Header kind = header(file).value_or(Header{});
    const std::size_t value_at = 4 + kind.offset_bytes(); // behind tag, type and count
    const std::uint64_t entries = number(file, kind, directory, kind.count_bytes());
    for (std::uint64_t i = 0; i < entries; ++i) {
        const std::uint64_t entry = directory + kind.count_bytes() + i * kind.entry_bytes();
        if (number(file, kind, entry, 2) == tag && number(file, kind, entry + 2, 2) == type_short)
            return number(file, kind, entry + value_at, 2);
    }
    return std::nullopt;
}

std::vector<std::uint64_t> tiff_directories(const file::InputFile& file)
{
    const Header kind = header(file).value_or(Header{});
    const std::size_t count_bytes = kind.count_bytes();
    const std::size_t entry_bytes = kind.entry_bytes();
    const std::size_t offset_bytes = kind.offset_bytes();
    const std::uint64_t size = file.size();
    std::vector<std::uint64_t> offsets;
    std::unordered_set<std::uint64_t> seen;
    for (std::uint64_t next = number(file, kind, kind.big_tiff ? 8 : 4, offset_bytes); next != 0;) {
        const bool inside = next < size;
        const std::uint64_t entries = inside ? number(file, kind, next, count_bytes) : 0;
        if (!inside || entries > (size - next) / entry_bytes)
            throw input_error(
                "{} has {} bytes, but its page {} is described at byte {} and beyond; the file was cut off or is "
                "damaged",
                file.path(), text::grouped(file.size()), offsets.size(), next);
        if (!seen.insert(next).second)
            throw input_error("the pages of {} run in a circle after page {}; the file is damaged, write it again",
                              file.path(), offsets.size() - 1);
        offsets.push_back(next);
        next = number(file, kind, next + count_bytes + entries * entry_bytes, offset_bytes);
    }
    if (offsets.empty())
        throw input_error("{} is a TIFF without pages, but a stack is expected; write it again", file.path());
    return offsets;
}

} // namespace lapilli::format
