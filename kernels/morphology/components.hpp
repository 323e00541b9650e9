// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/brick.hpp"

#include <cstdint>
#include <span>

namespace lapilli::morphology {

/// The 6-connected components of the pores of one brick, numbered by their first pore.
/// @param component  of each pore of the brick, canonical order
/// @return number of components
int label_components(const brick::Brick& brick, std::span<std::uint16_t> component);

/// Calls visit(pore of a, pore of b), indices inside each brick, at least once for every pair of components of `a` and `b`
/// that touch across `face` of `a`. Either brick may be a ghost that holds only its outer layers.
template <class Visit>
void for_each_contact(const brick::Brick& a, const brick::Brick& b, int face, Visit&& visit)
{
    using brick::edge;
    const auto bits_of = [](const brick::Brick& k, int r) -> unsigned { return k.mask.row[r]; };
    if (face == brick::x_lower || face == brick::x_upper) {
        const int xa = a.outermost(face);
        const int xb = b.outermost(face ^ 1);
        for (int r = 0; r < brick::rows; ++r)
            if ((bits_of(a, r) >> xa & bits_of(b, r) >> xb & 1U) != 0)
                visit(a.index(r, xa) - a.first, b.index(r, xb) - b.first);
        return;
    }
    const bool along_y = face == brick::y_lower || face == brick::y_upper;
    const int layer_a = a.outermost(face);
    const int layer_b = b.outermost(face ^ 1);
    for (int i = 0; i < edge; ++i) {
        const int ra = along_y ? i * edge + layer_a : layer_a * edge + i;
        const int rb = along_y ? i * edge + layer_b : layer_b * edge + i;
        const unsigned both = bits_of(a, ra) & bits_of(b, rb);
        for (unsigned run = both & ~(both << 1U); run != 0;
             run &= run - 1) { // a run of contacts joins the same two components
            const int x = std::countr_zero(run);
            visit(a.index(ra, x) - a.first, b.index(rb, x) - b.first);
        }
    }
}

} // namespace lapilli::morphology
