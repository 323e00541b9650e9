// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "morphology/weights.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace lapilli::network {

/// What is summed over the faces or voxels of a section through pores: whole numbers, so that the order does not matter.
struct Section {
    static constexpr double root_unit = 1 << 16; ///< of roots

    std::int64_t weight = 0; ///< of the faces, in units of Metric::face_weight; of voxels their number
    std::int64_t levels = 0; ///< squared distances to the solid, times weight
    std::int64_t roots = 0;  ///< distances in units of 1 / root_unit, times weight

    void add(std::int64_t level, std::int64_t times)
    {
        weight += times;
        levels += times * level;
        roots += times * std::llround(root_unit * std::sqrt(static_cast<double>(level)));
    }
    void add(const Section& other)
    {
        weight += other.weight;
        levels += other.levels;
        roots += other.roots;
    }
};

/// Lengths and areas of voxels, in shortest edges.
struct Metric {
    std::array<double, 3> edge{};
    std::array<double, 3> face_area{};         ///< of the face across each axis
    std::array<std::int64_t, 3> face_weight{}; ///< areas of faces in ratios of whole numbers; of cubes 1
    double half = 0.5;                         ///< from the centre of a solid voxel to its surface, on average
    double square = 1;                         ///< of a shortest edge, as squared distances are counted

    explicit Metric(const morphology::Weights& weights) : square(weights.smallest())
    {
        for (std::size_t k = 0; k < 3; ++k) edge[k] = std::sqrt(weights.squared_edge[k] / square);
        const double volume = edge[0] * edge[1] * edge[2];
        half = std::cbrt(volume) / 2;
        for (std::size_t k = 0; k < 3; ++k) face_area[k] = volume / edge[k];
        const double smallest = std::min({face_area[0], face_area[1], face_area[2]});
        const double unit = weights == morphology::Weights{} ? 1 : 4096; // areas are in no ratio of whole numbers
        for (std::size_t k = 0; k < 3; ++k) face_weight[k] = std::llround(unit * face_area[k] / smallest);
    }

    /// From the centre of the voxel with that squared distance to the surface of the solid.
    double radius(std::int64_t level) const { return std::max(half, std::sqrt(level / square) - half); }
    /// Mean of the squared distance to the surface over a section, (d - half)² averaged over each voxel.
    double mean_squared_depth(const Section& s) const
    {
        const double weight = s.weight;
        return s.levels / weight / square - 2 * half * (s.roots / weight / Section::root_unit / std::sqrt(square)) +
               half * half * 4 / 3;
    }
};

} // namespace lapilli::network
