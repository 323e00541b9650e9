// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <array>

namespace lapilli::morphology {

/// Squared edges of a voxel along x, y, z, in ratios of whole numbers from 1 to 16: squared distances between voxels are
/// then whole numbers too, |d|^2 = wx dx^2 + wy dy^2 + wz dz^2. All ones where voxels are cubes.
struct Weights {
    std::array<int, 3> squared_edge{1, 1, 1};

    /// Squared distance between neighbours along the shortest edge: no two voxels are closer.
    constexpr int smallest() const { return std::min({squared_edge[0], squared_edge[1], squared_edge[2]}); }
    constexpr int squared_length(int dx, int dy, int dz) const
    {
        return squared_edge[0] * dx * dx + squared_edge[1] * dy * dy + squared_edge[2] * dz * dz;
    }
    friend constexpr bool operator==(const Weights&, const Weights&) = default;
};

} // namespace lapilli::morphology
