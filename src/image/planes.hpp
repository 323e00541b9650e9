// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"
#include "image/pore_space.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace lapilli::image {

/// The voxels at one place along an axis.
struct Plane {
    Axis normal = Axis::z;
    std::int64_t index = 0;

    /// The axes along the rows of a picture of it, and down its columns: x before y before z.
    Axis across() const { return normal == Axis::x ? Axis::y : Axis::x; }
    Axis down() const { return normal == Axis::z ? Axis::y : Axis::z; }
};

/// The values of a plane on rank 0, shape (down, across); empty on other ranks. Nothing but the plane is sent. Collective.
/// @param values  one for each owned pore, in canonical order
/// @param solid   in voxels that are no pores
template <class T>
std::vector<T> gather_plane(const PoreSpace& pores, const Plane& plane, std::span<const T> values, T solid);

/// The share of pores in cubes of voxels, on rank 0; empty on others.
struct PoreShares {
    std::int64_t edge = 1;            ///< of a cube [voxel]; those at the upper faces may be smaller
    Shape shape;                      ///< in cubes
    std::vector<std::uint8_t> shares; ///< 0 ... 255, x fastest
};
/// @param most  cubes along an axis. Collective.
PoreShares pore_shares(const PoreSpace& pores, std::int64_t most);

/// Pores in each plane across each axis, on all ranks. Collective.
PerAxis<std::vector<std::int64_t>> pores_in_planes(const PoreSpace& pores);
/// Voxels of the sample, likewise. Collective.
PerAxis<std::vector<std::int64_t>> sample_in_planes(const PoreSpace& pores);

} // namespace lapilli::image
