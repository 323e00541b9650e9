// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace lapilli::fuzz {

/// The bytes of one trial, taken from the front; zeros when they are used up.
class Input {
public:
    Input(const std::uint8_t* data, std::size_t size) : rest_(data, size) {}

    std::uint8_t byte()
    {
        if (rest_.empty()) return 0;
        const std::uint8_t first = rest_.front();
        rest_ = rest_.subspan(1);
        return first;
    }
    /// One of 0 ... choices - 1.
    int choose(int choices) { return byte() % choices; }
    /// Small extents mostly, and powers of two up to 2^62.
    std::int64_t extent()
    {
        constexpr int powers = 63;
        const int value = byte();
        return value < 256 - powers ? value % 48 : std::int64_t{1} << (value - (256 - powers));
    }
    /// All that is left.
    std::string text() const { return {rest_.begin(), rest_.end()}; }

private:
    std::span<const std::uint8_t> rest_;
};

} // namespace lapilli::fuzz
