// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace lapilli::format {

/// How the chunks of a Zarr array are packed.
enum class ZarrCodec { none, zlib, gzip, zstd, blosc };

/// By the name in the metadata of an array; nothing for one that is not read.
std::optional<ZarrCodec> zarr_codec(std::string_view name);
std::string_view name(ZarrCodec codec);

/// The most that a byte can unpack to: a bound against metadata that promise what a file cannot hold.
std::int64_t best_ratio(ZarrCodec codec);

/// Whether the packed bytes are sound and unpack to exactly so many. Never writes beyond them.
bool unpack(ZarrCodec codec, std::span<const std::byte> packed, std::span<std::byte> bytes);

} // namespace lapilli::format
