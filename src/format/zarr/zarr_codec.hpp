// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/input_file.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace lapilli::format {

/// How the chunks of a Zarr array are packed.
enum class ZarrCodec { none, zlib, gzip, bzip2, zstd, blosc };

/// By the name in the metadata of an array; nothing for one that is not read.
std::optional<ZarrCodec> zarr_codec(std::string_view name);
std::string_view name(ZarrCodec codec);

/// Whether so few packed bytes can unpack to so many: a bound against metadata that promise what a file cannot hold.
bool is_plausible(ZarrCodec codec, std::int64_t packed_bytes, std::int64_t bytes);

/// Unpacks all of a file. Returns whether these are exactly so many bytes. @throws Error what is packed is damaged
bool unpack_chunk(ZarrCodec codec, file::InputFile file, std::span<std::byte> bytes);

} // namespace lapilli::format
