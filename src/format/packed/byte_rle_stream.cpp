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

std::size_t ByteRleStream::unpack_some(std::span<std::byte> bytes)
{
    ended_ = left_ == 0 && !next_run();
    if (ended_ || left_ == 0) return 0;
    std::size_t count = std::min(left_, bytes.size());
    if (repeats_) {
        std::ranges::fill(bytes.first(count), repeated_);
    } else {
        packed_.require_more();
        count = std::min(count, packed_.left().size());
        std::ranges::copy(packed_.left().first(count), bytes.begin());
        packed_.use(count);
    }
    left_ -= count;
    return count;
}

} // namespace lapilli::format
