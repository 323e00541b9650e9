// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/packed/bzip2_stream.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace lapilli::format {

Bzip2Stream::Bzip2Stream(std::unique_ptr<ByteStream> packed) : UnpackedStream(std::move(packed), Packing::bzip2) { begin(); }

Bzip2Stream::~Bzip2Stream() { BZ2_bzDecompressEnd(&stream_); }

void Bzip2Stream::begin()
{
    stream_ = {};
    constexpr int silent = 0, fast = 0;
    if (BZ2_bzDecompressInit(&stream_, silent, fast) != BZ_OK)
        throw failure("no memory to unpack {}; free some and run again", path());
}

std::size_t Bzip2Stream::unpack_some(std::span<std::byte> bytes)
{
    const bool more = packed_.refill(); // what is left of a block comes without more, too
    const auto packed = packed_.left();
    const std::size_t wanted = std::min<std::size_t>(bytes.size(), std::numeric_limits<unsigned>::max());
    stream_.next_in = reinterpret_cast<char*>(packed.data());
    stream_.avail_in = packed.size();
    stream_.next_out = reinterpret_cast<char*>(bytes.data());
    stream_.avail_out = wanted;
    const int status = BZ2_bzDecompress(&stream_);
    packed_.use(packed.size() - stream_.avail_in);
    const std::size_t done = wanted - stream_.avail_out;
    if (status == BZ_MEM_ERROR) throw failure("no memory to unpack {}; free some and run again", path());
    if (status != BZ_OK && status != BZ_STREAM_END) throw packed_.damaged("broken data");
    if (status == BZ_OK && done == 0 && !more) packed_.require_more();
    if (status == BZ_STREAM_END) {
        BZ2_bzDecompressEnd(&stream_);
        begin();
        ended_ = !packed_.refill();
        if (!ended_ && packed_.left().front() != std::byte{'B'}) throw packed_.followed_by_something_else();
    }
    return done;
}

} // namespace lapilli::format
