// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/shape.hpp"
#include "image/pore_space.hpp"

#include <cstdint>
#include <vector>

namespace lapilli::image {

/// The 6-connected components of a pore space and which faces of the image each of them touches.
struct Connectivity {
    struct Component {
        std::int64_t pores = 0;
        std::uint8_t faces = 0; ///< bit 2 * axis: touches the lower face of the axis, bit 2 * axis + 1: the upper one
        bool percolates(Axis axis) const { return (faces >> (2 * static_cast<int>(axis)) & 3) == 3; }
    };

    std::int64_t count = 0;                        ///< components of the whole image
    std::vector<std::int64_t> largest;             ///< pores of the largest components, descending, at most ten
    std::array<std::int64_t, 3> percolating{};     ///< number of components that touch both faces, per axis
    std::array<std::int64_t, 3> connected_pores{}; ///< pores in those, per axis
    /// Component of each owned pore, as an index into `local`.
    std::vector<std::int32_t> first_piece;     ///< per owned brick: where its pieces start in `piece_component`
    std::vector<std::uint16_t> piece;          ///< per owned pore: its piece, components of its brick alone
    std::vector<Component> component_of_piece; ///< the component of the image that each piece belongs to
};

/// Collective.
Connectivity connect(const PoreSpace& pores);

/// The pores of components that touch both faces of `axis`; what takes part in transport along it. Local.
BrickSet trim(const PoreSpace& pores, const Connectivity& connectivity, Axis axis);

} // namespace lapilli::image
