// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/brick.hpp"

#include <span>

namespace lapilli::brick {

/// Calls visit(face, row, x, beyond) for every pore (row, x) of the brick that touches one beyond a face; that stands at
/// `beyond` in fields. Face by face, pores in canonical order.
template <class Visit>
void for_each_beside(const Brick& brick, std::span<const Brick> bricks, Visit&& visit)
{
    for (int face = 0; face < faces; ++face) {
        if (brick.neighbour[face] < 0) continue;
        const Brick& other = bricks[brick.neighbour[face]];
        const Mask layer = face_layer(brick, face);
        const int place = other.outermost(face ^ 1), axis = face / 2;
        for (int r = 0; r < rows; ++r) {
            const int across = axis == 0 ? r : axis == 1 ? r / edge * edge + place : place * edge + r % edge;
            const unsigned there = other.mask.row[across];
            for (unsigned bits = layer.row[r]; bits != 0; bits &= bits - 1) {
                const int x = std::countr_zero(bits), x_there = axis == 0 ? place : x;
                if ((there >> x_there & 1U) != 0) visit(face, r, x, other.index(across, x_there));
            }
        }
    }
}

} // namespace lapilli::brick
