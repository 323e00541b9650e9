// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/brick.hpp"
#include "brick/lanes.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace lapilli::brick {

/// One field on a brick and the face layers of its six neighbours, as a dense array of shape (18, 18, 18) with x padded;
/// solid voxels are zero. The layer beyond an upper face stands right after the brick's own voxels, at index `extent`, which
/// is 16 but at the upper border of an image; only periodic images have pores beyond that. Fits the first-level cache, so a
/// stencil is a dense vector loop. Edges and corners of the halo are not set, nor is it beside solid voxels, along x.
template <class Real>
struct Tile {
    static constexpr int row_stride =
        24; // four lanes before and after the 16 of a row: aligned to 16 B, room for the x halo
    static constexpr int plane_stride = row_stride * (edge + 2);

    alignas(64) Real values[plane_stride * (edge + 2)] = {};

    Real* row(int y, int z) { return values + (z + 1) * plane_stride + (y + 1) * row_stride + 4; }
    const Real* row(int y, int z) const { return values + (z + 1) * plane_stride + (y + 1) * row_stride + 4; }
};

namespace detail {

/// Values of a field, whose pores stand one after the other.
template <class From>
struct FieldSource {
    const From* field;

    template <class Real>
    void row(const Brick& from, int r, Real* to) const
    {
        const std::size_t i = r;
        expand_row(from.mask.row[i], field + from.first + from.start[i], to);
    }
    /// Of the pore at bit x of row r.
    From at(const Brick& from, int r, int x) const { return field[from.index(r, x)]; }
    std::span<const From> values(const Brick& from) const { return {field + from.first, field + from.first + from.pores}; }
};

/// One at each pore.
struct OneSource {
    static constexpr auto ones = [] {
        std::array<float, 2 * edge> values{};
        values.fill(1);
        return values;
    }();

    void row(const Brick& from, int r, float* to) const { expand_row(from.mask.row[r], ones.data(), to); }
    float at(const Brick&, int, int) const { return 1; }
    std::span<const float> values(const Brick&) const { return {}; }
};

/// Asks memory for an array, by and by. Inlined, like its callers: g++ 12 drops calls of a function that does nothing else.
template <class T>
[[gnu::always_inline]] inline void fetch(std::span<const T> array)
{
    constexpr std::size_t line = 64;
    const auto* from = reinterpret_cast<const char*>(array.data());
    for (std::size_t at = 0; at < array.size_bytes(); at += line) __builtin_prefetch(from + at);
}

/// Asks for what unpack_from() of the brick after `brick` wants, which is often the next to be unpacked: its own pores and
/// those beyond its upper faces, where no brick was before. Without, half the time goes into waiting for them.
template <class Source>
[[gnu::always_inline]] inline void fetch_next(const Brick& brick, std::span<const Brick> bricks, const Source& source)
{
    const std::size_t next = &brick - bricks.data() + 1;
    if (next >= bricks.size()) return;
    const auto around = {static_cast<std::int32_t>(next), bricks[next].neighbour[x_upper], bricks[next].neighbour[y_upper],
                         bricks[next].neighbour[z_upper]};
    for (const auto n : around) {
        if (n < 0) continue;
        fetch(bricks.subspan(n, 1));
        fetch(source.values(bricks[n]));
    }
}

template <class Source, class Real>
void unpack_from(const Brick& brick, std::span<const Brick> bricks, const Source& source, Tile<Real>& tile)
{
    fetch_next(brick, bricks, source);
    const auto beyond = [&](int face) -> const Brick* {
        const auto n = brick.neighbour[face];
        return n < 0 ? nullptr : &bricks[n];
    };
    const auto last = [](const Brick* from, int axis) { return from == nullptr ? 0 : from->outermost(2 * axis + 1); };
    const auto row = [&](const Brick* from, int r, Real* to) {
        if (from == nullptr)
            std::fill(to, to + edge, Real{});
        else
            source.row(*from, r, to);
    };
    for (int z = 0; z < edge; ++z)
        for (int y = 0; y < edge; ++y) source.row(brick, z * edge + y, tile.row(y, z));

    const Brick *south = beyond(y_lower), *north = beyond(y_upper), *below = beyond(z_lower), *above = beyond(z_upper);
    const int south_y = last(south, 1), below_z = last(below, 2);
    for (int i = 0; i < edge; ++i) {
        row(south, i * edge + south_y, tile.row(-1, i));
        row(north, i * edge, tile.row(brick.extent[1], i));
        row(below, below_z * edge + i, tile.row(i, -1));
        row(above, i, tile.row(i, brick.extent[2]));
    }
    const auto column = [&](const Brick* from, int from_x, int own_x, int to_x) {
        for_each_row_with(brick.mask.row, own_x, [&](int r) { // nobody looks at the others
            Real& to = tile.row(r % edge, r / edge)[to_x];
            const bool pore = from != nullptr && (from->mask.row[r] >> from_x & 1) != 0;
            to = pore ? source.at(*from, r, from_x) : Real{};
        });
    };
    const Brick *west = beyond(x_lower), *east = beyond(x_upper);
    column(west, last(west, 0), 0, -1);
    column(east, 0, brick.extent[0] - 1, brick.extent[0]);
}

} // namespace detail

/// Unpacks `field` of one brick, an element of `bricks`, and of the layers around it. The field is padded by field_padding
/// values.
template <class From, class Real>
void unpack(const Brick& brick, std::span<const Brick> bricks, const From* field, Tile<Real>& tile)
{
    detail::unpack_from(brick, bricks, detail::FieldSource<From>{field}, tile);
}

/// As unpack() of a field that is one everywhere.
inline void unpack_ones(const Brick& brick, std::span<const Brick> bricks, Tile<float>& tile)
{
    detail::unpack_from(brick, bricks, detail::OneSource{}, tile);
}

/// Packs a value computed at each voxel of the non-empty rows: packed[k] = value(row pointer of the tile, x) of the k-th
/// pore. Writes up to field_padding values beyond the brick's pores.
template <class Real, class Value>
void pack(const Brick& brick, const Tile<Real>& tile, Real* packed, Value&& value)
{
    for (int r = 0; r < rows; ++r) {
        const std::size_t i = r;
        if (brick.mask.row[i] == 0) continue;
        const Real* row = tile.row(r % edge, r / edge);
        alignas(64) Real result[edge];
        for (int x = 0; x < edge; ++x) result[x] = value(row, x);
        compress_row<Real>(brick.mask.row[i], result, packed + brick.start[i]);
    }
}

} // namespace lapilli::brick
