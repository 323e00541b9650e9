// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/zarr/zarr_codec.hpp"

#include "format/packed/byte_stream.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <blosc.h>

namespace lapilli::format {
namespace {

struct Codec {
    std::string_view name; ///< in metadata
    Packing packing;       ///< of the stream, but for blosc
};
constexpr std::array<Codec, 6> codecs{{{"not packed", Packing::none},
                                       {"zlib", Packing::zlib},
                                       {"gzip", Packing::gzip},
                                       {"bz2", Packing::bzip2},
                                       {"zstd", Packing::zstd},
                                       {"blosc", Packing::none}}};

bool unpack_blosc(const file::InputFile& file, std::span<std::byte> bytes)
{
    std::vector<std::byte> packed(file.size());
    file.read(0, packed);
    std::size_t promised = 0;
    if (blosc_cbuffer_validate(packed.data(), packed.size(), &promised) != 0 || promised != bytes.size()) return false;
    constexpr int threads = 1;
    return std::cmp_equal(blosc_decompress_ctx(packed.data(), bytes.data(), bytes.size(), threads), bytes.size());
}

} // namespace

std::optional<ZarrCodec> zarr_codec(std::string_view name)
{
    const auto* found = std::ranges::find(codecs, name, &Codec::name);
    return found == codecs.end() ? std::nullopt : std::optional(static_cast<ZarrCodec>(found - codecs.begin()));
}

std::string_view name(ZarrCodec codec) { return codecs[static_cast<std::size_t>(codec)].name; }

bool is_plausible(ZarrCodec codec, std::int64_t packed_bytes, std::int64_t bytes)
{
    constexpr std::int64_t of_blosc = best_ratio(Packing::zstd); // which may be within
    const Packing packing = codecs[static_cast<std::size_t>(codec)].packing;
    const std::int64_t most_packed = bytes + bytes / 16 + 4096; // what does not shrink takes a little more
    return packed_bytes <= most_packed &&
           bytes / (codec == ZarrCodec::blosc ? of_blosc : best_ratio(packing)) <= packed_bytes;
}

bool unpack_chunk(ZarrCodec codec, file::InputFile file, std::span<std::byte> bytes)
{
    if (codec == ZarrCodec::blosc) return unpack_blosc(file, bytes);
    const std::int64_t size = file.size();
    const auto stream = unpack(read_bytes(std::move(file), 0, size), codecs[static_cast<std::size_t>(codec)].packing);
    std::array<std::byte, 1> beyond{}; // reading it also compares the checksum
    return stream->read(bytes) == bytes.size() && stream->read(beyond) == 0;
}

} // namespace lapilli::format
