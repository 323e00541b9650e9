// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/raw/gzip_stream.hpp"

#include "core/error.hpp"
#include "text/sentence.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace lapilli::format {

GzipStream::GzipStream(file::InputFile file) : file_(std::move(file))
{
    constexpr int gzip_window = 15 + 16; // 32 kB; 16: gzip header and checksum, nothing else
    if (inflateInit2(&stream_, gzip_window) != Z_OK)
        throw failure("no memory to unpack {}; free some and run again", file_.path());
}

GzipStream::~GzipStream() { inflateEnd(&stream_); }

std::size_t GzipStream::read(std::span<std::byte> bytes)
{
    std::size_t done = 0;
    while (done < bytes.size() && !ended_) {
        if (stream_.avail_in == 0) refill();
        const std::size_t wanted = std::min<std::size_t>(bytes.size() - done, std::numeric_limits<uInt>::max());
        stream_.next_out = reinterpret_cast<Bytef*>(bytes.data() + done);
        stream_.avail_out = wanted;
        const int status = inflate(&stream_, Z_NO_FLUSH);
        done += wanted - stream_.avail_out;
        if (status == Z_MEM_ERROR) throw failure("no memory to unpack {}; free some and run again", file_.path());
        // Z_BUF_ERROR: nothing could be done with what there was; the next round brings more input.
        if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR)
            throw input_error("{} is damaged before byte {} ({}); fetch or make it again", file_.path(),
                              text::grouped(offset_ - stream_.avail_in), stream_.msg ? stream_.msg : "broken gzip");
        if (status == Z_STREAM_END) ended_ = !next_member();
    }
    return done;
}

void GzipStream::refill()
{
    const std::size_t count = file_.read_some(offset_, packed_);
    if (count == 0)
        throw input_error("{} ends at byte {} in the middle of its gzip data; it was cut off, fetch or make it again",
                          file_.path(), text::grouped(offset_));
    offset_ += count;
    stream_.next_in = reinterpret_cast<Bytef*>(packed_.data());
    stream_.avail_in = count;
}

/// After a member: true if another begins, false at the end of the file.
bool GzipStream::next_member()
{
    while (stream_.avail_in > 0 || offset_ < file_.size()) {
        if (stream_.avail_in == 0) refill();
        if (*stream_.next_in != 0) {
            if (*stream_.next_in != 0x1f)
                throw input_error("{} has something else than gzip after its data, at byte {}; was a file appended to it?",
                                  file_.path(), text::grouped(offset_ - stream_.avail_in));
            inflateReset(&stream_);
            return true;
        }
        ++stream_.next_in; // tar and tapes pad with zeros
        --stream_.avail_in;
    }
    return false;
}

} // namespace lapilli::format
