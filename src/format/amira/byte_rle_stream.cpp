// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/amira/byte_rle_stream.hpp"

#include <algorithm>

namespace lapilli::format {

bool ByteRleStream::take(std::byte& byte)
{
    constexpr std::int64_t piece = 1 << 16;
    if (used_ == buffer_.size()) {
        buffer_.resize(std::min(piece, end_ - next_));
        file_.read(next_, buffer_);
        next_ += std::ssize(buffer_);
        used_ = 0;
    }
    if (buffer_.empty()) return false;
    byte = buffer_[used_++];
    return true;
}

std::size_t ByteRleStream::read(std::span<std::byte> bytes)
{
    constexpr std::byte literal{0x80};
    std::size_t done = 0;
    while (done < bytes.size()) {
        if (left_ == 0) {
            std::byte count{};
            if (!take(count)) break;
            repeats_ = (count & literal) == std::byte{};
            left_ = std::to_integer<std::int64_t>(count & ~literal);
            if (repeats_ && !take(repeated_)) break;
            continue;
        }
        if (repeats_) {
            const std::size_t count = std::min<std::size_t>(left_, bytes.size() - done);
            std::fill_n(bytes.begin() + done, count, repeated_);
            done += count;
            left_ -= count;
        } else {
            if (!take(bytes[done])) break;
            ++done;
            --left_;
        }
    }
    return done;
}

} // namespace lapilli::format
