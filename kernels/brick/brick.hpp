// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace lapilli::brick {

inline constexpr int edge = 16;          ///< voxels along an edge of a brick
inline constexpr int rows = edge * edge; ///< x-rows of a brick; row z * 16 + y

/// Which voxels of a brick are pores: one bit each, a row of x per word.
struct Mask {
    std::array<std::uint16_t, rows> row{};

    bool test(int x, int y, int z) const { return row[static_cast<std::size_t>(z * edge + y)] >> x & 1; }
    void set(int x, int y, int z) { row[static_cast<std::size_t>(z * edge + y)] |= static_cast<std::uint16_t>(1U << x); }
    int count() const
    {
        int pores = 0;
        for (const auto bits : row) pores += std::popcount(bits);
        return pores;
    }
    friend bool operator==(const Mask&, const Mask&) = default;
};

/// The six faces of a brick, in the order of Brick::neighbour.
enum Face : int { x_lower, x_upper, y_lower, y_upper, z_lower, z_upper };
inline constexpr int faces = 6;

/// The pores of `mask` that lie in the outermost layer at `face`.
inline Mask face_layer(const Mask& mask, int face)
{
    Mask layer;
    for (int r = 0; r < rows; ++r) {
        const auto i = static_cast<std::size_t>(r);
        switch (face) {
        case x_lower:
            layer.row[i] = mask.row[i] & 0x0001;
            break;
        case x_upper:
            layer.row[i] = mask.row[i] & 0x8000;
            break;
        case y_lower:
            layer.row[i] = r % edge == 0 ? mask.row[i] : 0;
            break;
        case y_upper:
            layer.row[i] = r % edge == edge - 1 ? mask.row[i] : 0;
            break;
        case z_lower:
            layer.row[i] = r / edge == 0 ? mask.row[i] : 0;
            break;
        default:
            layer.row[i] = r / edge == edge - 1 ? mask.row[i] : 0;
            break;
        }
    }
    return layer;
}

/// A cube of 16^3 voxels that holds pores. Its pores stand one after the other, lexicographic in (z, y, x), in every field.
struct Brick {
    std::uint64_t code = 0; ///< place of the brick on the Morton curve
    std::int32_t first = 0; ///< index of its first pore in local fields
    std::int32_t pores = 0; ///< number of its pores
    std::array<std::int32_t, faces> neighbour{-1, -1, -1,
                                              -1, -1, -1}; ///< index of the brick beyond each face, -1: no pores there
    std::array<std::uint8_t, 3> extent{edge, edge, edge};  ///< voxels inside the image along x, y, z
    Mask mask;
    std::array<std::uint16_t, rows> start{}; ///< index inside the brick of the first pore of each row

    /// Numbers the pores of the mask, the first one being `first_pore`.
    void number(std::int32_t first_pore)
    {
        first = first_pore;
        int count = 0;
        for (std::size_t r = 0; r < mask.row.size(); ++r) {
            start[r] = static_cast<std::uint16_t>(count);
            count += std::popcount(mask.row[r]);
        }
        pores = count;
    }
    /// Local index of the pore at bit x of row r.
    std::int32_t index(int r, int x) const
    {
        const auto i = static_cast<std::size_t>(r);
        return first + start[i] + std::popcount(static_cast<std::uint16_t>(mask.row[i] & ((1U << x) - 1)));
    }
};

/// Calls visit(row, x, index inside the brick) for every pore of the brick, in canonical order.
template <class Visit>
void for_each_pore(const Brick& brick, Visit&& visit)
{
    int pore = 0;
    for (int r = 0; r < rows; ++r)
        for (unsigned bits = brick.mask.row[static_cast<std::size_t>(r)]; bits != 0; bits &= bits - 1)
            visit(r, std::countr_zero(bits), pore++);
}

} // namespace lapilli::brick
