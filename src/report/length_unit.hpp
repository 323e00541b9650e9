// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <optional>
#include <string>

namespace lapilli::report {

/// The unit in which people read lengths of an image, and how many of it the shortest edge of a voxel is.
struct LengthUnit {
    std::string name;
    double edge;
};
/// @param edge_m  absent: in voxels
inline LengthUnit length_unit(const std::optional<double>& edge_m)
{
    if (!edge_m) return {"voxels", 1};
    constexpr std::pair<double, const char*> units[] = {{1e-3, "mm"}, {1e-6, "µm"}};
    for (const auto& [metres, name] : units)
        if (*edge_m >= 0.1 * metres) return {name, *edge_m / metres};
    return {"nm", *edge_m / 1e-9};
}

} // namespace lapilli::report
