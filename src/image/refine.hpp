// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/morton.hpp"
#include "image/pore_space.hpp"

#include <optional>

namespace lapilli::image {

/// The shape of an image whose voxels are cut into 2x2x2 cells.
constexpr Shape refined(const Shape& shape) { return {2 * shape.nz, 2 * shape.ny, 2 * shape.nx}; }

/// Each voxel cut into 2x2x2 cells of its phase: up to eight bricks from each. Local.
BrickSet refine(const BrickSet& voxels);

/// The bricks that this rank owns, as what another pore space is made from. Local.
BrickSet owned(const PoreSpace& pores);

/// A cube of bricks of an image, or a square of a two-dimensional one.
struct Block {
    brick::Position first;        ///< its lowest brick
    std::int64_t bricks;          ///< along its edge
    std::optional<Axis> normal{}; ///< of the plane of the image: one voxel deep along it
    Shape shape() const
    {
        const auto extent = [&](Axis axis) { return axis == normal ? 1 : bricks * brick::edge; };
        return {extent(Axis::z), extent(Axis::y), extent(Axis::x)};
    }
    friend bool operator==(const Block&, const Block&) = default;
};

/// The bricks of a block that this rank owns, at their places in the block. Local.
BrickSet cut_out(const PoreSpace& pores, const Block& block);

} // namespace lapilli::image
