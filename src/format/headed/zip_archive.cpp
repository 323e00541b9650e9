// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/headed/zip_archive.hpp"

#include "core/error.hpp"
#include "format/headed/header_bytes.hpp"

#include <algorithm>
#include <string_view>

namespace lapilli::format {
namespace {

using namespace std::string_view_literals;

constexpr std::uint32_t in_wide_part = 0xffffffff; // of numbers that stand as 64 bits elsewhere

/// At most so many bytes from there on.
std::string bytes_at(const file::InputFile& file, std::int64_t offset, std::int64_t count)
{
    if (offset < 0 || offset > file.size()) return {};
    std::string bytes(std::clamp<std::int64_t>(count, 0, file.size() - offset), '\0');
    bytes.resize(file.read_some(offset, std::as_writable_bytes(std::span(bytes))));
    return bytes;
}

Error damaged_zip(const file::InputFile& file)
{
    return input_error("{} has no list of its members as ZIP has; it was cut off or is damaged, fetch or make it again",
                       file.path());
}

/// The list of members, which stands before the end of the file.
std::string list_of(const file::InputFile& file)
{
    constexpr std::int64_t end_bytes = 22, longest_remark = 65535, locator_bytes = 20, most = std::int64_t{16} << 20;
    const std::int64_t from = std::max<std::int64_t>(0, file.size() - end_bytes - longest_remark);
    const std::string tail = bytes_at(file, from, file.size() - from);
    const auto end = tail.rfind("PK\5\6"sv);
    if (end == std::string::npos) throw damaged_zip(file);
    const HeaderBytes last(tail, false);
    std::int64_t size = last.get<std::uint32_t>(end + 12), offset = last.get<std::uint32_t>(end + 16);
    if (offset == in_wide_part && end >= locator_bytes && last.text(end - locator_bytes, 4) == "PK\6\7"sv) {
        const std::string wide = bytes_at(file, last.get<std::int64_t>(end - locator_bytes + 8), 56);
        const HeaderBytes fields(wide, false);
        size = fields.get<std::int64_t>(40);
        offset = fields.get<std::int64_t>(48);
    }
    if (size < 0 || size > most || offset < 0 || offset > file.size()) throw damaged_zip(file);
    return bytes_at(file, offset, size);
}

/// Numbers of 64 bits stand in an extra field, those that are needed, in this order.
void take_wide(const HeaderBytes& entry, std::size_t extra, std::size_t end, std::int64_t& unpacked, ZipMember& member)
{
    constexpr int wide_field = 1;
    for (; extra + 4 <= end; extra += 4 + entry.get<std::uint16_t>(extra + 2)) {
        if (entry.get<std::uint16_t>(extra) != wide_field) continue;
        std::size_t at = extra + 4;
        for (std::int64_t* number : {&unpacked, &member.size, &member.offset})
            if (*number == in_wide_part) {
                *number = entry.get<std::int64_t>(at);
                at += 8;
            }
        return;
    }
}

} // namespace

std::vector<ZipMember> zip_members(const file::InputFile& file)
{
    constexpr std::size_t entry_bytes = 46, most_members = 4096;
    constexpr int stored = 0, deflated = 8;
    const std::string list = list_of(file);
    const HeaderBytes entry(list, false);
    std::vector<ZipMember> members;
    for (std::size_t at = 0; entry.text(at, 4) == "PK\1\2"sv && members.size() < most_members;) {
        const std::size_t name = entry.get<std::uint16_t>(at + 28), extra = entry.get<std::uint16_t>(at + 30);
        const int method = entry.get<std::uint16_t>(at + 10);
        const bool is_encrypted = (entry.get<std::uint16_t>(at + 8) & 1) != 0;
        ZipMember member{.name = std::string(entry.text(at + entry_bytes, name)),
                         .packing = method == deflated ? Packing::deflate : Packing::none,
                         .offset = entry.get<std::uint32_t>(at + 42),
                         .size = entry.get<std::uint32_t>(at + 20),
                         .crc32 = entry.get<std::uint32_t>(at + 16)};
        std::int64_t unpacked = entry.get<std::uint32_t>(at + 24);
        take_wide(entry, at + entry_bytes + name, at + entry_bytes + name + extra, unpacked, member);
        at += entry_bytes + name + extra + entry.get<std::uint16_t>(at + 32);
        if ((method != stored && method != deflated) || is_encrypted) continue;
        const std::string header = bytes_at(file, member.offset, 30); // its own one, whose lengths may be others
        const HeaderBytes local(header, false);
        if (local.text(0, 4) != "PK\3\4"sv || member.size < 0) throw damaged_zip(file);
        member.offset += 30 + local.get<std::uint16_t>(26) + local.get<std::uint16_t>(28);
        members.push_back(member);
    }
    return members;
}

} // namespace lapilli::format
