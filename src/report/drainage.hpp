// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/drainage.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace lapilli::report {

/// What stands under `result`.
/// @param edge_m  of a voxel, the shortest; absent: metres and pascals are null
nlohmann::ordered_json drainage_json(const property::Drainage& drainage, const property::Fluids& fluids,
                                     const std::optional<double>& edge_m);

/// For people, in lines of so many columns.
std::string drainage_table(const property::Drainage& drainage, const property::Fluids& fluids,
                           const std::optional<double>& edge_m, std::size_t columns);

inline constexpr std::string_view drainage_csv_head =
    "axis,radius_voxels,radius_m,pressure_pa,saturation,saturation_with_trapping\n";
/// The curves, a line for each radius after the head; axis all: by chosen faces; empty where something is not known.
std::string drainage_csv(const property::Drainage& drainage, const property::Fluids& fluids,
                         const std::optional<double>& edge_m);

inline constexpr std::string_view relative_csv_head =
    "axis,radius_voxels,radius_m,pressure_pa,saturation,diffusivity_non_wetting,diffusivity_wetting,"
    "permeability_non_wetting,permeability_wetting\n";
/// What was solved along the curves, over that of all pores; otherwise as above.
std::string relative_csv(const property::Drainage& drainage, const property::Fluids& fluids,
                         const std::optional<double>& edge_m);

} // namespace lapilli::report
