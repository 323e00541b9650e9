// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "morphology/balls.hpp"

#include "morphology/descending.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace lapilli::morphology {

namespace {

constexpr std::array<std::array<int, 3>, Containment::kinds> step_of_kind{
    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 1, 0}, {1, 0, 1}, {0, 1, 1}, {1, 1, 1}}};
constexpr std::uint32_t largest_enumerated = 1U << 14U;
constexpr std::uint8_t all_shut = 63;

/// What surrounds the 16 voxels of a row.
template <class Level>
struct RowNeighbours {
    using Row = std::array<Level, brick::edge>;
    std::array<Row, Containment::kinds> largest; ///< level among the neighbours of each kind
    Row shut;                                    ///< as Ball::shut
};

template <class Level>
Level largest(Level a, Level b, Level c, Level d)
{
    return std::max(std::max(a, b), std::max(c, d));
}

/// @param row  of a shell
template <class Level>
void look_around(const Level* row, RowNeighbours<Level>& found)
{
    constexpr int y = Shell<Level>::row_stride, z = Shell<Level>::plane_stride;
    const auto edges = [](const Level* at, int a, int b) { return largest(at[a + b], at[a - b], at[b - a], at[-a - b]); };
    auto& [face_x, face_y, face_z, edge_xy, edge_xz, edge_yz, corner] = found.largest;
    for (int x = 0; x < brick::edge; ++x) {
        const Level* at = row + x;
        face_x[x] = std::max(at[1], at[-1]);
        face_y[x] = std::max(at[y], at[-y]);
        face_z[x] = std::max(at[z], at[-z]);
    }
    for (int x = 0; x < brick::edge; ++x) {
        const Level* at = row + x;
        edge_xy[x] = edges(at, 1, y);
        edge_xz[x] = edges(at, 1, z);
        edge_yz[x] = edges(at, y, z);
        corner[x] = std::max(edges(at + 1, y, z), edges(at - 1, y, z));
    }
    for (int x = 0; x < brick::edge; ++x) {
        const Level* at = row + x;
        const Level here = at[0];
        found.shut[x] = (at[-1] >= here ? 1U : 0U) | (at[1] >= here ? 2U : 0U) | (at[-y] >= here ? 4U : 0U) |
                        (at[y] >= here ? 8U : 0U) | (at[-z] >= here ? 16U : 0U) | (at[z] >= here ? 32U : 0U);
    }
}

template <class Level>
bool contained(const Containment::Needed& needed, const RowNeighbours<Level>& around, int x)
{
    for (int kind = 0; kind < Containment::kinds; ++kind)
        if (around.largest[kind][x] >= needed[kind]) return true;
    return false;
}

/// Faces of its brick beyond which a ball paints, as Ball::beyond.
unsigned painted_beyond(int level, int place, unsigned shut, const Reach& reach)
{
    unsigned faces = 0;
    for (int axis = 0; axis < 3; ++axis) {
        const int centre = place >> (4 * axis) & (brick::edge - 1);
        const int r = reach[axis](level - 1);
        if (centre < r) faces |= 1U << (2 * axis);
        if (centre + r >= brick::edge) faces |= 2U << (2 * axis);
    }
    return faces & ~shut;
}

} // namespace

Containment::Containment(std::uint32_t top, const Weights& weights)
{
    const auto step = [](int kind, int axis) { return step_of_kind[kind][axis]; };
    for (int k = 0; k < kinds; ++k) squared_step_[k] = weights.squared_length(step(k, 0), step(k, 1), step(k, 2));
    // 1. the largest |x + v|^2 of each |x|^2; of all signs the same is the worst
    const std::uint32_t levels = std::min(top, largest_enumerated) + 1;
    table_.assign(levels, {});
    const auto within = [&](int x, int y, int z) -> bool {
        const std::uint32_t length = weights.squared_length(x, y, z);
        return length < levels - 1;
    };
    for (int z = 0; within(0, 0, z); ++z)
        for (int y = 0; within(0, y, z); ++y)
            for (int x = 0; within(x, y, z); ++x) {
                Needed& farthest = table_[weights.squared_length(x, y, z) + 1];
                for (int k = 0; k < kinds; ++k) {
                    const std::uint32_t far = weights.squared_length(x + step(k, 0), y + step(k, 1), z + step(k, 2));
                    farthest[k] = std::max(farthest[k], far + 1);
                }
            }
    // 2. of all |x|^2 below the level
    for (std::uint32_t level = 1; level < levels; ++level)
        for (int k = 0; k < kinds; ++k) table_[level][k] = std::max(table_[level][k], table_[level - 1][k]);
}

Containment::Needed Containment::bound(std::uint32_t level) const
{
    // |x - v|^2 <= |x|^2 + 2 |x| |v| + |v|^2, and whole
    Needed need{};
    for (int k = 0; k < kinds; ++k) {
        const double product = 4.0 * (level - 1) * squared_step_[k];
        const std::uint32_t twice = std::sqrt(product);
        need[k] = level + twice + squared_step_[k];
    }
    return need;
}

template <class Level>
void BallSelector<Level>::select(const Shell<Level>& shell, const brick::Mask& pores, std::vector<Ball<Level>>& balls)
{
    found_.clear();
    RowNeighbours<Level> around;
    for (int r = 0; r < brick::rows; ++r) {
        if (pores.row[r] == 0) continue;
        const Level* row = shell.row(r % brick::edge, r / brick::edge);
        look_around(row, around);
        for (unsigned bits = pores.row[r]; bits != 0; bits &= bits - 1) {
            const int x = std::countr_zero(bits);
            const std::uint8_t shut = around.shut[x];
            if (row[x] <= smallest_ || shut == all_shut || contained(containment_.needed(row[x]), around, x)) continue;
            const std::uint16_t place = r * brick::edge + x;
            const std::uint8_t beyond = painted_beyond(row[x], place, shut, reach_);
            found_.push_back({row[x], place, shut, beyond});
        }
    }
    sort_descending(found_, scratch_);
    balls.insert(balls.end(), found_.begin(), found_.end());
}

template class BallSelector<std::uint16_t>;
template class BallSelector<std::uint32_t>;

} // namespace lapilli::morphology
