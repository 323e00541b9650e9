// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/input_file.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace lapilli::format {

/// Bytes that are read once, in order.
class ByteStream {
public:
    virtual ~ByteStream() = default;
    /// Of the file that they come from, for sentences.
    virtual const std::string& path() const = 0;
    /// Fills `bytes`; returns less than asked only at the end. @throws Error the file is cut off, corrupt, or followed by
    /// something else
    virtual std::size_t read(std::span<std::byte> bytes) = 0;
};

/// How bytes are packed. `gzip` and `zlib` are deflate with another frame, of which several may stand one after the other;
/// `byte_rle` is Amira's.
enum class Packing { none, gzip, zlib, deflate, bzip2, zstd, byte_rle };

constexpr std::string_view name(Packing packing)
{
    constexpr std::string_view names[] = {"raw", "gzip", "zlib", "deflate", "bzip2", "zstd", "byte RLE"};
    return names[static_cast<int>(packing)];
}

/// The most bytes that one packed byte can hold, by the format: a small file that promises a large image is refused by it
/// before anything is allocated.
constexpr std::int64_t best_ratio(Packing packing)
{
    constexpr std::int64_t ratios[] = {1, 1032, 1032, 1032, 2'000'000, 32768, 64};
    return ratios[static_cast<int>(packing)];
}

/// A piece of a file as it is. @param size  [bytes], at most to the end of the file
std::unique_ptr<ByteStream> read_bytes(file::InputFile file, std::int64_t offset, std::int64_t size);

/// What base64 stands for: groups of four letters, each of which may be padded. Blanks between them are passed over, and
/// anything else is their end.
std::unique_ptr<ByteStream> decode_base64(std::unique_ptr<ByteStream> letters);

/// What packed bytes unpack to: all members or frames one after the other, their checksums verified.
std::unique_ptr<ByteStream> unpack(std::unique_ptr<ByteStream> packed, Packing packing);

/// The same bytes, which must have this checksum, that of gzip and ZIP, when their end is met. @throws Error then
std::unique_ptr<ByteStream> compare_crc32(std::unique_ptr<ByteStream> stream, std::uint32_t expected);

/// Passes over the next bytes. @returns whether there were so many
bool skip(ByteStream& stream, std::int64_t bytes);

} // namespace lapilli::format
