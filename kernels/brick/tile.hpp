// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/brick.hpp"
#include "brick/lanes.hpp"

#include <algorithm>
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

template <class From, class Real>
void unpack_row(const Brick* from, int r, const From* field, Real* row)
{
    if (from == nullptr) {
        std::fill(row, row + edge, Real{});
        return;
    }
    const std::size_t i = r;
    expand_row(from->mask.row[i], field + from->first + from->start[i], row);
}

} // namespace detail

/// Unpacks `field` of one brick and of the layers around it. The field is padded by field_padding values.
template <class From, class Real>
void unpack(const Brick& brick, std::span<const Brick> bricks, const From* field, Tile<Real>& tile)
{
    const auto beyond = [&](int face) -> const Brick* {
        const auto n = brick.neighbour[face];
        return n < 0 ? nullptr : &bricks[n];
    };
    const auto last = [](const Brick* from, int axis) { return from == nullptr ? 0 : from->outermost(2 * axis + 1); };
    for (int z = 0; z < edge; ++z)
        for (int y = 0; y < edge; ++y) detail::unpack_row(&brick, z * edge + y, field, tile.row(y, z));

    const Brick *south = beyond(y_lower), *north = beyond(y_upper), *below = beyond(z_lower), *above = beyond(z_upper);
    for (int i = 0; i < edge; ++i) {
        detail::unpack_row(south, i * edge + last(south, 1), field, tile.row(-1, i));
        detail::unpack_row(north, i * edge, field, tile.row(brick.extent[1], i));
        detail::unpack_row(below, last(below, 2) * edge + i, field, tile.row(i, -1));
        detail::unpack_row(above, i, field, tile.row(i, brick.extent[2]));
    }
    const Brick *west = beyond(x_lower), *east = beyond(x_upper);
    const int west_x = last(west, 0), east_x = brick.extent[0];
    for (int r = 0; r < rows; ++r) { // beside pores only: nobody looks at the others
        const std::size_t i = r;
        const unsigned bits = brick.mask.row[i];
        Real* row = tile.row(r % edge, r / edge);
        if ((bits & 1U) != 0)
            row[-1] = west != nullptr && (west->mask.row[i] >> west_x & 1) != 0 ? field[west->index(r, west_x)] : Real{};
        if ((bits >> (east_x - 1) & 1U) != 0)
            row[east_x] = east != nullptr && (east->mask.row[i] & 1) != 0 ? field[east->first + east->start[i]] : Real{};
    }
}

/// As unpack() of a field that is one everywhere.
void unpack_ones(const Brick& brick, std::span<const Brick> bricks, Tile<float>& tile);

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
