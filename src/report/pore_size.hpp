// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/pore_size.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lapilli::report {

/// What stands under `result`.
/// @param edge_m  of a voxel, the shortest; absent: metres are null
nlohmann::ordered_json pore_size_json(const property::PoreSize& size, const std::optional<double>& edge_m);

/// For people, in lines of so many columns; in voxels, and in the unit of the voxel size where that is known.
/// @param axes  of which something is said
std::string pore_size_table(const property::PoreSize& size, const std::vector<Axis>& axes,
                            const std::optional<double>& edge_m, std::size_t columns);

inline constexpr std::string_view pore_size_csv_head = "radius_voxels,radius_m,voxels,cumulative\n";
/// All radii, a line for each after the head, rising; empty where something is not known.
std::string pore_size_csv(const property::PoreSize& size, const std::optional<double>& edge_m);

} // namespace lapilli::report
