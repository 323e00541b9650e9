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

inline constexpr PermeabilityUnit square_metre{"m2", "m²", 1.0};
inline constexpr PermeabilityUnit millidarcy{"md", "mD", millidarcy_m2};
inline constexpr PermeabilityUnit square_voxel{"voxel2", "voxel²", std::nullopt};
inline constexpr std::array permeability_units{square_metre, millidarcy, square_voxel};

/// The one in which a permeability is quoted.
inline constexpr const PermeabilityUnit& quoted_unit(bool edge_is_known)
{
    return edge_is_known ? millidarcy : square_voxel;
}

} // namespace lapilli::property
