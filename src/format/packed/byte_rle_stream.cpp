// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/packed/byte_rle_stream.hpp"

#include <algorithm>

namespace lapilli::format {

/// False at the end.
bool ByteRleStream::next_run()
{
    constexpr std::byte literal{0x80};
    if (!packed_.refill()) return false;
    const std::byte count = packed_.left().front();
    packed_.use(1);
    repeats_ = (count & literal) == std::byte{};
    left_ = std::to_integer<std::size_t>(count & ~literal);
    if (!repeats_) return true;
    packed_.require_more();
    repeated_ = packed_.left().front();
    packed_.use(1);
    return true;
}

std::size_t ByteRleStream::read(std::span<std::byte> bytes)
{
    std::size_t done = 0;
    while (done < bytes.size() && (left_ > 0 || next_run())) {
        std::size_t count = std::min(left_, bytes.size() - done);
        if (repeats_) {
            std::ranges::fill(bytes.subspan(done, count), repeated_);
        } else if (count > 0) {
            packed_.require_more();
            count = std::min(count, packed_.left().size());
            std::ranges::copy(packed_.left().first(count), bytes.begin() + done);
            packed_.use(count);
        }
        done += count;
        left_ -= count;
    }
    return done;
}

} // namespace lapilli::format
