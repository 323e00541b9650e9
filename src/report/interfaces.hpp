// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/interfaces.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace lapilli::report {

/// What stands under `result`.
/// @param edge_m  of a voxel, the shortest; absent: metres are null
nlohmann::ordered_json interfaces_json(const property::Interfaces& interfaces, const std::optional<double>& edge_m);

/// For people.
std::string interfaces_table(const property::Interfaces& interfaces, const std::optional<double>& edge_m);

} // namespace lapilli::report
