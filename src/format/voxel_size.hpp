// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/voxel_edges.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

namespace lapilli::format {

/// What a file says of the edges of its voxels.
struct VoxelSize {
    std::optional<VoxelEdges> edges_m;
    std::vector<std::string> remarks; ///< what is odd about it, a sentence each
    std::string by = {};              ///< who says it: "the OME description"
};

/// Whether two say something else of them, which is more than that people round.
inline bool differ(const VoxelEdges& a, const VoxelEdges& b)
{
    constexpr double alike = 0.01;
    return std::ranges::any_of(all_axes,
                               [&](Axis axis) { return std::abs(a.along(axis) - b.along(axis)) > alike * a.along(axis); });
}

} // namespace lapilli::format
