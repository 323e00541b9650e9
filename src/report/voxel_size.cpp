// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/voxel_size.hpp"

#include <nlohmann/json.hpp>

namespace lapilli::report {

nlohmann::ordered_json voxel_size_json(const std::optional<VoxelEdges>& edges)
{
    if (!edges) return nullptr;
    if (edges->cubic()) return edges->x;
    return nlohmann::ordered_json::array({edges->z, edges->y, edges->x});
}

} // namespace lapilli::report
