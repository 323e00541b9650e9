// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/tiles.hpp"
#include "image/pore_space.hpp"

#include <cstddef>

namespace lapilli::geometry {

/// Of numbers at all that is open, those at the pores, on the own bricks of these. Local.
/// @param open  of the own bricks of pores.open(), perhaps more
template <class Number>
Tiles<Number> at_pores(const image::PoreSpace& pores, Tiles<Number> open)
{
    if (pores.all_sample()) return open;
    Tiles<Number> found(pores.owned_bricks().size());
    std::size_t from = 0;
    for (std::size_t b = 0; b < found.bricks(); ++b) {
        const auto& brick = pores.owned_bricks()[b];
        while (pores.open().owned_bricks()[from].code != brick.code) ++from; // both in Morton order
        brick::for_each_pore(brick, [&, to = found[b], tile = open[from]](int row, int x, int) {
            to[row * brick::edge + x] = tile[row * brick::edge + x];
        });
    }
    return found;
}

} // namespace lapilli::geometry
