// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/rev.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace lapilli::report {

/// What stands under `result`: an object for each quantity, of those that have an axis one for each axis in it.
/// @param edge_m  of a voxel, the shortest; absent: metres are null
nlohmann::ordered_json rev_json(const property::Rev& rev, const std::optional<double>& edge_m);

/// For people, in lines of so many columns.
std::string rev_table(const property::Rev& rev, const std::optional<double>& edge_m, std::size_t columns);

inline constexpr std::string_view rev_csv_head = "quantity,axis,edge_voxels,edge_m,cubes,mean,unit,spread\n";
/// A line for each quantity, axis and size of cubes, after the head; empty where something is not known.
std::string rev_csv(const property::Rev& rev, const std::optional<double>& edge_m);

} // namespace lapilli::report
