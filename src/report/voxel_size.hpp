// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/voxel_edges.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>

namespace lapilli::report {

/// voxel_size_m of a file [m]: one number, of voxels that are no cubes a list z, y, x, as shapes are; null if not known.
nlohmann::ordered_json voxel_size_json(const std::optional<VoxelEdges>& edges);

} // namespace lapilli::report
