// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "file/zip_archive.hpp"

#include "core/error.hpp"

#include <array>
#include <limits>

namespace lapilli::file {

namespace {

/// The check sum of zip, of the polynomial 0xedb88320.
std::uint32_t crc32(std::string_view bytes)
{
    static const auto table = [] {
        std::array<std::uint32_t, 256> of_byte{};
        for (std::uint32_t i = 0; i < 256; ++i) {
            std::uint32_t value = i;
            for (int bit = 0; bit < 8; ++bit) value = (value & 1U) != 0 ? 0xedb88320U ^ value >> 1U : value >> 1U;
            of_byte[i] = value;
        }
        return of_byte;
    }();
    std::uint32_t sum = 0xffffffffU;
    for (const unsigned char byte : bytes) sum = table[(sum ^ byte) & 0xffU] ^ sum >> 8U;
    return ~sum;
}

/// A whole number, lowest byte first.
template <class Number>
void put(std::string& to, Number number)
{
    for (std::size_t i = 0; i < sizeof(Number); ++i) to += static_cast<char>(number >> (8 * i) & 0xffU);
}

constexpr std::uint32_t first_day = 0x00210000; // 1 January 1980, midnight

/// What the head of a file and its entry in the directory share.
std::string description(const std::string& name, std::string_view bytes)
{
    std::string out;
    put(out, std::uint16_t{20}); // version needed
    put(out, std::uint16_t{0});  // flags
    put(out, std::uint16_t{0});  // stored
    put(out, first_day);
    put(out, crc32(bytes));
    for (int packed_and_not = 0; packed_and_not < 2; ++packed_and_not) put(out, static_cast<std::uint32_t>(bytes.size()));
    put(out, static_cast<std::uint16_t>(name.size()));
    put(out, std::uint16_t{0}); // nothing more
    return out;
}

} // namespace

void ZipArchive::add(const std::string& name, std::string_view bytes)
{
    constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
    if (bytes_.size() + directory_.size() + bytes.size() + 3 * name.size() + 256 > most)
        throw failure("an archive of more than 4 GB was to be written, which zip cannot hold; expected a smaller network; "
                      "choose another format");
    const auto described = description(name, bytes);
    directory_ += "PK\x01\x02";
    put(directory_, std::uint16_t{20});
    directory_ += described;
    directory_ += std::string(10, '\0'); // comment, disk, attributes
    put(directory_, static_cast<std::uint32_t>(bytes_.size()));
    directory_ += name;
    bytes_ += "PK\x03\x04" + described + name;
    bytes_ += bytes;
    ++files_;
}

std::string ZipArchive::take()
{
    const auto at = static_cast<std::uint32_t>(bytes_.size());
    bytes_ += directory_ + std::string("PK\x05\x06\0\0\0\0", 8);
    put(bytes_, files_);
    put(bytes_, files_);
    put(bytes_, static_cast<std::uint32_t>(directory_.size()));
    put(bytes_, at);
    put(bytes_, std::uint16_t{0});
    return std::move(bytes_);
}

} // namespace lapilli::file
