// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <cstdint>

namespace lapilli::brick {

struct Position {
    std::int64_t x = 0;
    std::int64_t y = 0;
    std::int64_t z = 0;
    friend constexpr bool operator==(const Position&, const Position&) = default;
};

namespace detail {

constexpr std::uint64_t spread(std::uint64_t v)
{
    v &= 0x1fffff;
    v = (v | v << 32) & 0x1f00000000ffffULL;
    v = (v | v << 16) & 0x1f0000ff0000ffULL;
    v = (v | v << 8) & 0x100f00f00f00f00fULL;
    v = (v | v << 4) & 0x10c30c30c30c30c3ULL;
    return (v | v << 2) & 0x1249249249249249ULL;
}

constexpr std::int64_t gather(std::uint64_t v)
{
    v &= 0x1249249249249249ULL;
    v = (v | v >> 2) & 0x10c30c30c30c30c3ULL;
    v = (v | v >> 4) & 0x100f00f00f00f00fULL;
    v = (v | v >> 8) & 0x1f0000ff0000ffULL;
    v = (v | v >> 16) & 0x1f00000000ffffULL;
    return (v | v >> 32) & 0x1fffff;
}

} // namespace detail

/// Place on the Morton curve of a cell of a cubic grid, each coordinate in [0, 2^21): bits interleaved, x lowest. The parent
/// of a cell in the grid of half the resolution has the code shifted right by three.
constexpr std::uint64_t morton(const Position& p)
{
    return detail::spread(p.x) | detail::spread(p.y) << 1 | detail::spread(p.z) << 2;
}

constexpr Position from_morton(std::uint64_t code)
{
    return {detail::gather(code), detail::gather(code >> 1), detail::gather(code >> 2)};
}

} // namespace lapilli::brick
