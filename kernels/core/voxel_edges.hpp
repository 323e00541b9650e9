// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"

#include <algorithm>
#include <cmath>

namespace lapilli {

/// Edges of a voxel [m]. Not all voxels are cubes: slices are often further apart than the pixels in them.
struct VoxelEdges {
    double x = 0;
    double y = 0;
    double z = 0;

    static constexpr VoxelEdges cube(double edge) { return {edge, edge, edge}; }
    constexpr double along(Axis axis) const { return axis == Axis::x ? x : axis == Axis::y ? y : z; }
    constexpr double shortest() const { return std::min({x, y, z}); }
    /// Equal but for the digits that file formats drop.
    bool cubic() const { return std::abs(y - x) <= 1e-4 * x && std::abs(z - x) <= 1e-4 * x; }
    friend constexpr bool operator==(const VoxelEdges&, const VoxelEdges&) = default;
};

} // namespace lapilli
