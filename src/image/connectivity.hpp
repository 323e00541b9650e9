// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"
#include "image/pore_space.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace lapilli::image {

/// The 6-connected components of a pore space and which axes they percolate along: in a sealed image those that touch both
/// faces of the axis, in a periodic one those that wind around the image along it.
struct Connectivity {
    struct Component {
        std::int64_t pores = 0;
        std::uint8_t faces =
            0; ///< sealed; bit 2 * axis: touches the lower face of the axis, bit 2 * axis + 1: the upper one
        std::uint8_t winds = 0; ///< periodic; bit axis: a way along the axis leads back to where it began, an image further
        bool percolates(Axis axis) const
        {
            const int a = index(axis);
            return (faces >> (2 * a) & 3) == 3 || (winds >> a & 1) != 0;
        }
    };

    std::int64_t count = 0;                  ///< components of the whole image
    std::vector<std::int64_t> largest;       ///< pores of the largest components, descending, at most ten
    PerAxis<std::int64_t> percolating{};     ///< number of components that percolate, per axis
    PerAxis<std::int64_t> connected_pores{}; ///< pores in those, per axis
    /// Component of each owned pore, as an index into `local`.
    std::vector<std::int32_t> first_piece;     ///< per owned brick: where its pieces start in `piece_component`
    std::vector<std::uint16_t> piece;          ///< per owned pore: its piece, components of its brick alone
    std::vector<Component> component_of_piece; ///< the component of the image that each piece belongs to

    bool percolates(Axis axis) const { return percolating[axis] > 0; }
};

/// Collective.
Connectivity connect(const PoreSpace& pores);

/// Whether the same pores percolate along two axes. Collective.
bool percolate_alike(const PoreSpace& pores, const Connectivity& connectivity, Axis a, Axis b);

/// The pores of components that percolate along `axis`; what takes part in transport along it. Local.
BrickSet trim(const PoreSpace& pores, const Connectivity& connectivity, Axis axis);
/// The pores of components that percolate along any axis. Local.
BrickSet trim(const PoreSpace& pores, const Connectivity& connectivity);
/// The pores of components that have fewer. Local.
BrickSet smaller_than(const PoreSpace& pores, const Connectivity& connectivity, std::int64_t least);

} // namespace lapilli::image
