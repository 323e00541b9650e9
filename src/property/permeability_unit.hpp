// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <optional>

namespace lapilli::property {

inline constexpr double millidarcy_m2 = 9.869233e-16;

/// A unit of permeability.
struct PermeabilityUnit {
    const char* key; ///< in names: permeability_md
    const char* symbol;
    std::optional<double> m2; ///< absent: the square of the voxel's edge

    /// @param edge_m  the shortest of a voxel; absent: not known, then it has no value but in voxels
    std::optional<double> of(double voxel2, const std::optional<double>& edge_m) const
    {
        if (!m2) return voxel2;
        if (!edge_m) return std::nullopt;
        return voxel2 * (*edge_m * *edge_m) / *m2;
    }
};

inline constexpr std::array permeability_units{
    PermeabilityUnit{"m2", "m²", 1.0},
    PermeabilityUnit{"md", "mD", millidarcy_m2},
    PermeabilityUnit{"voxel2", "voxel²", std::nullopt},
};

} // namespace lapilli::property
