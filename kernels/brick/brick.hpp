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

    bool test(int x, int y, int z) const { return row[z * edge + y] >> x & 1; }
    void set(int x, int y, int z) { row[z * edge + y] |= 1U << x; }
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

/// A cube of 16^3 voxels that holds pores. Its pores stand one after the other, lexicographic in (z, y, x), in every field.
struct Brick {
    std::uint64_t code = 0; ///< place of the brick on the Morton curve
    std::int32_t first = 0; ///< index of its first pore in local fields
    std::int32_t pores = 0; ///< number of its pores
    std::array<std::int32_t, faces> neighbour{-1, -1, -1,
                                              -1, -1, -1}; ///< index of the brick beyond each face, -1: no pores there;
                                                           ///< of a periodic image perhaps the brick itself
    std::array<std::uint8_t, 3> extent{edge, edge, edge};  ///< voxels inside the image along x, y, z
    Mask mask;
    std::array<std::uint16_t, rows> start{}; ///< index inside the brick of the first pore of each row

    /// Numbers the pores of the mask, the first one being `first_pore`.
    void number(std::int32_t first_pore)
    {
        first = first_pore;
        int count = 0;
        for (std::size_t r = 0; r < mask.row.size(); ++r) {
            start[r] = count;
            count += std::popcount(mask.row[r]);
        }
        pores = count;
    }
    /// Index along the axis of `face` of the outermost layer inside the image at that face.
    int outermost(int face) const { return face % 2 == 0 ? 0 : extent[face / 2] - 1; }
    /// Local index of the pore at bit x of row r.
    std::int32_t index(int r, int x) const
    {
        const std::size_t i = r;
        return first + start[i] + std::popcount(mask.row[i] & ((1U << x) - 1));
    }
};

/// The pores of `brick` that lie in the outermost layer at `face`.
inline Mask face_layer(const Brick& brick, int face)
{
    const int layer = brick.outermost(face);
    Mask pores;
    for (int r = 0; r < rows; ++r) {
        const std::size_t i = r;
        const int place = face / 2 == 1 ? r % edge : r / edge;
        if (face / 2 == 0)
            pores.row[i] = brick.mask.row[i] & 1U << layer;
        else if (place == layer)
            pores.row[i] = brick.mask.row[i];
    }
    return pores;
}

/// Calls visit(row, x, index inside the brick) for every pore of the brick, in canonical order.
template <class Visit>
void for_each_pore(const Brick& brick, Visit&& visit)
{
    int pore = 0;
    for (int r = 0; r < rows; ++r)
        for (unsigned bits = brick.mask.row[r]; bits != 0; bits &= bits - 1) visit(r, std::countr_zero(bits), pore++);
}

} // namespace lapilli::brick
