// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/packed/packed_bytes.hpp"

#include "text/sentence.hpp"

#include <utility>

namespace lapilli::format {

PackedBytes::PackedBytes(std::unique_ptr<ByteStream> source, std::string_view format)
    : source_(std::move(source)), format_(format)
{
}

bool PackedBytes::refill()
{
    constexpr std::size_t piece = std::size_t{128} << 10;
    if (used_ < buffer_.size()) return true;
    taken_ += std::ssize(buffer_);
    used_ = 0;
    buffer_.resize(piece);
    buffer_.resize(source_->read(buffer_));
    return !buffer_.empty();
}

void PackedBytes::require_more()
{
    if (!refill())
        throw input_error("{} ends after {} bytes in the middle of its {} data; it was cut off, fetch or make it again",
                          path(), text::grouped(taken_), format_);
}

Error PackedBytes::damaged(std::string_view why) const
{
    return input_error("{} is damaged before byte {} of its {} data ({}); fetch or make it again", path(),
                       text::grouped(taken_ + static_cast<std::int64_t>(used_)), format_, why);
}

Error PackedBytes::followed_by_something_else() const
{
    return input_error("{} has something else than {} after its data, at byte {}; was a file appended to it?", path(),
                       format_, text::grouped(taken_ + static_cast<std::int64_t>(used_)));
}

std::size_t UnpackedStream::read(std::span<std::byte> bytes)
{
    std::size_t done = 0;
    while (done < bytes.size() && !ended_) done += unpack_some(bytes.subspan(done));
    return done;
}

} // namespace lapilli::format
