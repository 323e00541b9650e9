// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

namespace lapilli::test {

/// A number as bytes, the lowest first.
template <class T>
std::string little(T value)
{
    std::string bytes(sizeof(T), '\0');
    for (std::size_t i = 0; i < sizeof(T); ++i) bytes[i] = static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i));
    return bytes;
}

/// The highest first.
template <class T>
std::string big(T value)
{
    std::string bytes = little(value);
    std::ranges::reverse(bytes);
    return bytes;
}

} // namespace lapilli::test
