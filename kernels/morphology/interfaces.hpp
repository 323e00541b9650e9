// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/axis.hpp"
#include "morphology/balls.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace lapilli::morphology {

/// What lies beside what in an image of several phases: pairs of voxels of different phases a step apart, of the 13 steps of
/// steps_to_neighbours(), and edges of voxels around which three phases or more meet, by the axis that they lie along. Whole
/// numbers, so that counts of pieces of an image add up to those of the image.
class InterfaceCount {
public:
    static constexpr int most_phases = 16;
    /// Three phases, ascending.
    using Triple = std::array<std::uint8_t, 3>;

    /// Adds the pairs and the edges whose lowest voxel lies in a brick.
    /// @param shell   phases, 1 to most_phases, of the brick and of the voxels around it; 0: beyond the image, or none that
    /// counts
    /// @param extent  voxels of the brick inside the image, along x, y, z
    void add(const Shell<std::uint16_t>& shell, const std::array<std::uint8_t, 3>& extent);

    /// Pairs of phases a < b, 1 and more, of each step.
    std::array<std::int64_t, 13> pairs(int a, int b) const;
    /// Edges along x, y, z where these three meet; where four meet, each three of them.
    std::array<std::int64_t, 3> edges(const Triple& three) const;

    /// All counts in one array of fixed length, to be summed over ranks: they may be changed through it.
    std::span<std::int64_t> counts() { return counts_; }

private:
    static constexpr int pair_places = most_phases * most_phases * 13;
    static constexpr int triple_places = most_phases * most_phases * most_phases * 3;
    static std::size_t place(int a, int b) { return static_cast<std::size_t>(((a - 1) * most_phases + b - 1) * 13); }
    static std::size_t place(const Triple& t)
    {
        return static_cast<std::size_t>(pair_places + (((t[0] - 1) * most_phases + t[1] - 1) * most_phases + t[2] - 1) * 3);
    }
    void add_edge(const std::array<std::uint16_t, 4>& around, int axis);

    std::vector<std::int64_t> counts_ = std::vector<std::int64_t>(pair_places + triple_places);
};

} // namespace lapilli::morphology
