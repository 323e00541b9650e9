// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/packed/zstd_stream.hpp"

#include <utility>

namespace lapilli::format {

ZstdStream::ZstdStream(std::unique_ptr<ByteStream> packed)
    : UnpackedStream(std::move(packed), Packing::zstd), stream_(ZSTD_createDStream())
{
    if (!stream_) throw failure("no memory to unpack {}; free some and run again", path());
}

std::size_t ZstdStream::unpack_some(std::span<std::byte> bytes)
{
    const bool more = packed_.refill(); // what is left of a block comes without more, too
    if (!more && between_frames_) ended_ = true;
    if (ended_) return 0;
    const auto packed = packed_.left();
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    ZSTD_outBuffer out{bytes.data(), bytes.size(), 0};
    const std::size_t status = ZSTD_decompressStream(stream_.get(), &out, &in);
    packed_.use(in.pos);
    if (ZSTD_isError(status) != 0) throw packed_.damaged(ZSTD_getErrorName(status));
    between_frames_ = status == 0;
    if (!more && !between_frames_ && out.pos == 0) packed_.require_more();
    return out.pos;
}

} // namespace lapilli::format
