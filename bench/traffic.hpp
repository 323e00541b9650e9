// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/pore_space.hpp"

namespace lapilli::bench {

/// Bytes that one iteration of solve::conjugate_gradients with the multigrid cycle must move for the pores of one rank (one
/// phase), if each pass loads and stores each of its vectors once: the passes of the finest level as they stand in
/// solve/conjugate_gradients.cpp and solve/multigrid_cycle.hpp, caches perfect inside a pass and useless between two.
/// Not counted: coarse levels, messages, what is scratch to one brick, the read before a write (as in STREAM).
inline double fine_level_bytes(const image::PoreSpace& pores)
{
    constexpr int vector = sizeof(float);
    constexpr int degree = 1;
    constexpr int aggregate = 2;
    constexpr int per_pore = (2 * vector + degree)               // z = first r / D:       r, D -> z
                             + (3 * vector + degree)             // smooth before:         z, r, D -> work
                             + (2 * vector + degree + aggregate) // restrict:              z, r, D, aggregate
                             + (2 * vector + aggregate)          // add the correction:      z, aggregate -> z
                             + (3 * vector + degree)             // smooth after:          z, r, D -> work
                             + (4 * vector + degree)             // and again:             z, r, y, D -> y
                             + 3 * vector                        // direction:             z, p -> p
                             + (2 * vector + degree)             // A p:                   p, D -> work
                             + 6 * vector;                       // step:                  p, q, g, r -> g, r
    constexpr int sweeps = 5;                                    // those that look at neighbours read the bricks as well
    const double bricks = static_cast<double>(pores.owned_bricks().size()) * sizeof(brick::Brick);
    return per_pore * static_cast<double>(pores.pores()) + sweeps * bricks;
}

} // namespace lapilli::bench
