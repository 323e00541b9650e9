// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstring>
#include <span>
#include <type_traits>

namespace lapilli::format {

/// A number that stands at an offset of a header, the lowest byte first; the header is that long.
template <class T>
T little_endian(std::span<const std::byte> header, std::size_t offset)
{
    static_assert(std::is_arithmetic_v<T>);
    std::array<std::byte, sizeof(T)> bytes{};
    std::memcpy(bytes.data(), header.subspan(offset).data(), sizeof(T));
    if constexpr (std::endian::native == std::endian::big) std::ranges::reverse(bytes);
    return std::bit_cast<T>(bytes);
}

} // namespace lapilli::format
