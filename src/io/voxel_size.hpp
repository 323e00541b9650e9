// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/voxel_edges.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lapilli::io {

/// What a file says of the edges of its voxels.
struct VoxelSize {
    std::optional<VoxelEdges> edges_m;
    std::vector<std::string> remarks; ///< what is odd about it, a sentence each
};

} // namespace lapilli::io
