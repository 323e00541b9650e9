// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/axis.hpp"
#include "image/pore_space.hpp"
#include "morphology/lines.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace lapilli::geometry {

/// The two-point correlation of pores along an axis: pairs of voxels by how far apart they are, [lag] in voxels. Both lie
/// inside the sample, or one of them beyond a face of a periodic image.
struct TwoPoint {
    std::vector<std::int64_t> both;  ///< pairs that are pores
    std::vector<std::int64_t> pairs; ///< all of them

    /// The chance that both voxels of a pair are pores: the porosity at 0; far away its square, if nothing is in order.
    /// Nothing if the sample is too narrow for such a pair.
    std::optional<double> share(std::int64_t lag) const
    {
        if (pairs[lag] == 0) return std::nullopt;
        return static_cast<double>(both[lag]) / static_cast<double>(pairs[lag]);
    }
};

/// What lines of voxels along an axis say of an image.
struct LineStatistics {
    morphology::Chords chords;
    TwoPoint two_point;
};

/// How far apart the voxels of a pair are at most, unless one asks for more or the image is shorter than twice that.
inline constexpr std::int64_t usual_reach = 100;

/// Chords and two-point correlation along x, y, z: whole numbers, the same on any number of ranks, and on every rank.
/// Collective.
/// @param reach  the largest lag [voxel]; along an axis at most half its voxels
PerAxis<LineStatistics> line_statistics(const image::PoreSpace& pores, std::int64_t reach = usual_reach);

} // namespace lapilli::geometry
