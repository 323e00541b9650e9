// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/tile.hpp"
#include "multigrid/block_network.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>

namespace lapilli::multigrid {

/// Places of aggregates, plus 1: 0 is solid.
using Places = brick::Tile<std::int32_t>;
/// That of each corner of a block, or of what is beyond a face of it.
using CornerPlaces = std::int32_t __attribute__((vector_size(sizeof(Corners))));

/// In a tile, to the voxel beyond each face.
inline constexpr std::array<int, brick::faces> steps_beyond{
    -1, 1, -Places::row_stride, Places::row_stride, -Places::plane_stride, Places::plane_stride};

namespace detail {

/// Two values along x of each of four rows.
template <class Lanes, class Value>
Lanes pairs(const std::array<const Value*, 4>& row)
{
    std::array<Value, 8> values;
    for (std::size_t k = 0; k < row.size(); ++k) std::memcpy(values.data() + 2 * k, row[k], 2 * sizeof(Value));
    Lanes lanes;
    std::memcpy(&lanes, values.data(), sizeof lanes);
    return lanes;
}

inline CornerPlaces larger(const CornerPlaces& a, const CornerPlaces& b) { return a > b ? a : b; }
/// The larger of each two corners that face each other along an axis.
inline CornerPlaces larger_along_x(const CornerPlaces& v)
{
    return larger(v, __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6));
}
inline CornerPlaces larger_along_y(const CornerPlaces& v)
{
    return larger(v, __builtin_shufflevector(v, v, 2, 3, 0, 1, 6, 7, 4, 5));
}
inline CornerPlaces larger_along_z(const CornerPlaces& v)
{
    return larger(v, __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3));
}

/// The bit of each corner whose lane is set.
inline unsigned bits(const CornerPlaces& lanes)
{
    const CornerPlaces of_lane = lanes & CornerPlaces{1, 2, 4, 8, 16, 32, 64, 128};
    std::array<std::uint64_t, 4> words;
    std::memcpy(words.data(), &of_lane, sizeof of_lane);
    const std::uint64_t word = words[0] | words[1] | words[2] | words[3];
    return (word | word >> 32U) & 0xffU;
}

} // namespace detail

/// A block of 2 x 2 x 2 voxels whose pores are one aggregate.
struct BlockFaces {
    std::int32_t here = 0;
    std::array<std::int32_t, brick::faces> there{}; ///< the one other aggregate beyond each face; 0: none
    std::array<CornerPlaces, 3> beyond{};           ///< what each corner touches of them along x, y and z

    /// Pores of the block that touch what is beyond a face.
    int contacts(std::size_t face) const
    {
        constexpr std::array<unsigned, brick::faces> at_face{0x55, 0xaa, 0x33, 0xcc, 0x0f, 0xf0}; // bits of corners
        return std::popcount(detail::bits(beyond[face / 2] != 0) & at_face[face]);
    }
};

/// Calls visit(bits of its corners that are pores, x, y, z of its first voxel) for each block of a brick that has any, in
/// lexicographic order of (z, y, x).
template <class Visit>
void for_each_block(const brick::Brick& brick, Visit&& visit)
{
    for (int z = 0; z < brick::edge; z += 2)
        for (int y = 0; y < brick::edge; y += 2) {
            const auto* row = brick.mask.row.data() + z * brick::edge + y;
            const unsigned a = row[0], b = row[1], c = row[brick::edge], d = row[brick::edge + 1];
            for (int x = 0; x < brick::edge; x += 2) {
                const auto two = [x](unsigned voxels) { return voxels >> x & 3; };
                const unsigned pores = two(a) | two(b) << 2 | two(c) << 4 | two(d) << 6;
                if (pores != 0) visit(pores, x, y, z);
            }
        }
}

/// Two values along x of each of the four rows of a block. @param row, plane  strides
template <class Lanes, class Value>
Lanes block_at(const Value* first, int row, int plane)
{
    return detail::pairs<Lanes>(std::array{first, first + row, first + plane, first + row + plane});
}

/// Of a block whose pores are one aggregate that meets one other at most beyond each face, as most are; of another one
/// nothing. @param v  its first voxel @param pores  bits of its corners, not all 0
inline std::optional<BlockFaces> faces_of_one(const std::int32_t* v, unsigned pores)
{
    using namespace detail;
    constexpr int row = Places::row_stride, plane = Places::plane_stride;
    const CornerPlaces pore = (CornerPlaces{1, 2, 4, 8, 16, 32, 64, 128} & static_cast<std::int32_t>(pores)) != 0;
    const auto own = block_at<CornerPlaces>(v, row, plane);
    const std::int32_t here = own[std::countr_zero(pores)];
    if (bits(pore & (own != here)) != 0) return {};
    const auto others = [&](const CornerPlaces& beyond) { return pore & (beyond != here) & beyond; }; // itself: periodic

    const auto *b = v + row, *c = v + plane, *d = v + row + plane;
    const auto x = others(CornerPlaces{v[-1], v[2], b[-1], b[2], c[-1], c[2], d[-1], d[2]});
    const auto *south = v - row, *north = v + 2 * row, *below = v - plane, *above = v + 2 * plane;
    const auto y = others(pairs<CornerPlaces>(std::array{south, north, south + plane, north + plane}));
    const auto z = others(pairs<CornerPlaces>(std::array{below, below + row, above, above + row}));
    const auto x_one = larger_along_y(larger_along_z(x)), y_one = larger_along_z(larger_along_x(y)),
               z_one = larger_along_x(larger_along_y(z));
    if (bits(((x != 0) & (x != x_one)) | ((y != 0) & (y != y_one)) | ((z != 0) & (z != z_one))) != 0) return {};
    return BlockFaces{here, {x_one[0], x_one[1], y_one[0], y_one[2], z_one[0], z_one[4]}, {x, y, z}};
}

} // namespace lapilli::multigrid
