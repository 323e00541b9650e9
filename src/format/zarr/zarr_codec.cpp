// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/zarr/zarr_codec.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include <blosc.h>
#include <zlib.h>
#include <zstd.h>

namespace lapilli::format {
namespace {

constexpr std::array<std::pair<std::string_view, ZarrCodec>, 5> codecs{{{"not packed", ZarrCodec::none},
                                                                        {"zlib", ZarrCodec::zlib},
                                                                        {"gzip", ZarrCodec::gzip},
                                                                        {"zstd", ZarrCodec::zstd},
                                                                        {"blosc", ZarrCodec::blosc}}};

/// zlib and gzip, which says itself which of both it is.
bool inflate_all(std::span<const std::byte> packed, std::span<std::byte> bytes)
{
    constexpr int either = 15 + 32; // a window of 32 kB; 32: looks which header is there
    if (packed.size() > std::numeric_limits<uInt>::max() || bytes.size() > std::numeric_limits<uInt>::max()) return false;
    z_stream stream{};
    if (inflateInit2(&stream, either) != Z_OK) return false;
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(packed.data())); // zlib does not write there
    stream.avail_in = packed.size();
    stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
    stream.avail_out = bytes.size();
    const bool whole = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_out == 0;
    inflateEnd(&stream);
    return whole;
}

bool unblosc(std::span<const std::byte> packed, std::span<std::byte> bytes)
{
    std::size_t promised = 0;
    if (blosc_cbuffer_validate(packed.data(), packed.size(), &promised) != 0 || promised != bytes.size()) return false;
    return std::cmp_equal(blosc_decompress_ctx(packed.data(), bytes.data(), bytes.size(), 1), bytes.size());
}

} // namespace

std::optional<ZarrCodec> zarr_codec(std::string_view name)
{
    for (const auto& [known, codec] : codecs)
        if (known == name) return codec;
    return std::nullopt;
}

std::string_view name(ZarrCodec codec) { return codecs[static_cast<std::size_t>(codec)].first; }

std::int64_t best_ratio(ZarrCodec codec)
{
    constexpr std::int64_t of_deflate = 1032, of_zstd = 1 << 16; // a block of 128 kB is at least 4 bytes
    if (codec == ZarrCodec::none) return 1;
    return codec == ZarrCodec::zlib || codec == ZarrCodec::gzip ? of_deflate : of_zstd;
}

bool unpack(ZarrCodec codec, std::span<const std::byte> packed, std::span<std::byte> bytes)
{
    switch (codec) {
    case ZarrCodec::none:
        if (packed.size() == bytes.size()) std::ranges::copy(packed, bytes.begin());
        return packed.size() == bytes.size();
    case ZarrCodec::zlib:
    case ZarrCodec::gzip:
        return inflate_all(packed, bytes);
    case ZarrCodec::zstd:
        return ZSTD_decompress(bytes.data(), bytes.size(), packed.data(), packed.size()) == bytes.size();
    case ZarrCodec::blosc:
        break;
    }
    return unblosc(packed, bytes);
}

} // namespace lapilli::format
