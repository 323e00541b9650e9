// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/packed/inflate_stream.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace lapilli::format {
namespace {

/// Of inflateInit2: 32 kB, and which frame stands around.
int window_of(Packing packing)
{
    constexpr int window = 15, gzip_only = 16;
    return packing == Packing::gzip ? window + gzip_only : packing == Packing::zlib ? window : -window;
}

} // namespace

InflateStream::InflateStream(std::unique_ptr<ByteStream> packed, Packing packing)
    : UnpackedStream(std::move(packed), packing), packing_(packing)
{
    if (inflateInit2(&stream_, window_of(packing)) != Z_OK)
        throw failure("no memory to unpack {}; free some and run again", path());
}

InflateStream::~InflateStream() { inflateEnd(&stream_); }

std::size_t InflateStream::unpack_some(std::span<std::byte> bytes)
{
    const bool more = packed_.refill(); // what is left of a match comes without more, too
    const auto packed = packed_.left();
    const std::size_t wanted = std::min<std::size_t>(bytes.size(), std::numeric_limits<uInt>::max());
    stream_.next_in = reinterpret_cast<Bytef*>(packed.data());
    stream_.avail_in = packed.size();
    stream_.next_out = reinterpret_cast<Bytef*>(bytes.data());
    stream_.avail_out = wanted;
    const int status = inflate(&stream_, Z_NO_FLUSH);
    packed_.use(packed.size() - stream_.avail_in);
    if (status == Z_MEM_ERROR) throw failure("no memory to unpack {}; free some and run again", path());
    // Z_BUF_ERROR: nothing could be done with what there was; the next round brings more input.
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR)
        throw packed_.damaged(stream_.msg != nullptr ? stream_.msg : "broken data");
    if (status == Z_BUF_ERROR && !more) packed_.require_more();
    if (status == Z_STREAM_END) ended_ = !next_member();
    return wanted - stream_.avail_out;
}

/// After a member: true if another begins, false at the end.
bool InflateStream::next_member()
{
    for (; packing_ != Packing::deflate && packed_.refill(); packed_.use(1)) {
        const auto first = packed_.left().front();
        if (packing_ == Packing::gzip && first == std::byte{0}) continue; // tar and tapes pad with zeros
        if (packing_ == Packing::gzip && first != std::byte{0x1f}) throw packed_.followed_by_something_else();
        inflateReset(&stream_);
        return true;
    }
    return false;
}

} // namespace lapilli::format
