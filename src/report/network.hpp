// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/network.hpp"
#include "study/result.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace lapilli::report {

/// What the solution for the image says along an axis, on one cell per voxel; absent: it was not solved, nothing gets
/// through, or several phases conduct.
struct DirectValue {
    std::optional<double> formation_factor;
    std::optional<double> permeability; ///< [voxel²]
};
PerAxis<DirectValue> direct_values(const study::Result& study);

/// What stands under `result`.
/// @param edge_m  of a voxel, the shortest; absent: metres are null
nlohmann::ordered_json network_json(const property::PoreNetwork& network, const PerAxis<DirectValue>& direct,
                                    const std::optional<double>& edge_m);

/// For people, in lines of so many columns: how many pores, what flows, and what a network of this image is good for.
std::string network_table(const property::PoreNetwork& network, const PerAxis<DirectValue>& direct,
                          const std::optional<double>& edge_m, std::size_t columns);

inline constexpr std::string_view pores_csv_head =
    "pore,x_voxels,y_voxels,z_voxels,radius_voxels,volume_voxels3,throats,x_m,y_m,z_m,radius_m,volume_m3\n";
inline constexpr std::string_view throats_csv_head =
    "throat,pore_1,pore_2,repeats_x,repeats_y,repeats_z,x_voxels,y_voxels,z_voxels,radius_voxels,area_voxels2,"
    "length_1_voxels,length_2_voxels,diffusive_voxels,hydraulic_voxels3,radius_m,area_m2,length_1_m,length_2_m,"
    "diffusive_m,hydraulic_m3\n";
/// A line for each pore, or throat, after the head; empty where something is not known. Pores are numbered from 1. Only of
/// rank 0.
std::string pores_csv(const property::PoreNetwork& network, const std::optional<double>& edge_m);
std::string throats_csv(const property::PoreNetwork& network, const std::optional<double>& edge_m);

} // namespace lapilli::report
