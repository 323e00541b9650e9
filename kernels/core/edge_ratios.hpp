// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/float4.hpp"
#include "core/voxel_edges.hpp"

namespace lapilli {

/// Edges of a voxel over the shortest of them: 1 where voxels are cubes. All that solvers have to know of the size of
/// voxels: they measure lengths along an axis in edges along it, and whole results in shortest edges.
class EdgeRatios {
public:
    constexpr EdgeRatios() = default;
    explicit EdgeRatios(const VoxelEdges& edges)
    {
        if (edges.cubic()) return;
        for (const Axis axis : all_axes) ratio_[axis] = edges.along(axis) / edges.shortest();
    }
    bool cubic() const { return *this == EdgeRatios(); }
    double along(Axis axis) const { return ratio_[axis]; }
    /// What flows between neighbours along an axis for a difference of 1, over what it is along the shortest edge: areas
    /// over distances. Rounded here, so that all who use it use the same.
    float weight(Axis axis) const { return narrow(1 / (along(axis) * along(axis))); }
    friend bool operator==(const EdgeRatios&, const EdgeRatios&) = default;

private:
    PerAxis<double> ratio_{1, 1, 1};
};

} // namespace lapilli
