// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Small images with a level for each voxel, by definition and without bricks.
#pragma once

#include "morphology/weights.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <vector>

namespace lapilli::test {

using morphology::Weights;

/// A level for each voxel of a small image, zero where solid: array of shape (n[2], n[1], n[0]).
struct LevelField {
    std::array<int, 3> n{};
    bool periodic = false;
    Weights weights;
    std::vector<std::uint32_t> level;

    LevelField(std::array<int, 3> extent, bool wraps, const Weights& of_voxels)
        : n(extent), periodic(wraps), weights(of_voxels), level(n[0] * n[1] * n[2])
    {
    }
    std::size_t at(int x, int y, int z) const { return (z * n[1] + y) * n[0] + x; }
    std::uint32_t top() const { return *std::max_element(level.begin(), level.end()); }
    /// Zero outside, unless periodic.
    std::uint32_t value(std::array<int, 3> x) const
    {
        for (int axis = 0; axis < 3; ++axis) {
            if (periodic) x[axis] = (x[axis] % n[axis] + n[axis]) % n[axis];
            if (x[axis] < 0 || x[axis] >= n[axis]) return 0;
        }
        return level[at(x[0], x[1], x[2])];
    }
    template <class Visit>
    void for_each_voxel(Visit&& visit) const
    {
        for (int z = 0; z < n[2]; ++z)
            for (int y = 0; y < n[1]; ++y)
                for (int x = 0; x < n[0]; ++x) visit(x, y, z);
    }
};

inline constexpr int far_away = 1 << 28;

/// Squared distance from x to x' along an axis, the nearest of all repetitions.
inline int squared_distance(const LevelField& field, int axis, int x, int other)
{
    int d = std::abs(x - other);
    if (field.periodic) d = std::min(d, field.n[axis] - d);
    return field.weights.squared_edge[axis] * d * d;
}

/// Makes the levels of pores (not zero) squared distances to the nearest solid voxel, by the definition along each axis.
inline void fill_with_distances(LevelField& field)
{
    for (auto& s : field.level) s = s == 0 ? 0 : far_away;
    for (int axis = 0; axis < 3; ++axis) {
        const LevelField before = field;
        field.for_each_voxel([&](int x, int y, int z) {
            std::array<int, 3> from{x, y, z};
            auto& nearest = field.level[field.at(x, y, z)];
            for (from[axis] = 0; from[axis] < field.n[axis]; ++from[axis]) {
                const std::uint32_t step = squared_distance(field, axis, std::array{x, y, z}[axis], from[axis]);
                nearest = std::min(nearest, before.level[field.at(from[0], from[1], from[2])] + step);
            }
        });
    }
    for (auto& s : field.level) s = s >= far_away ? 9 : s; // no solid anywhere
}

inline constexpr std::array<Weights, 4> kinds_of_voxels{{{{1, 1, 1}}, {{1, 1, 4}}, {{4, 9, 1}}, {{1, 2, 3}}}};

/// Pores are 1: noise, a few solid points, or blobs.
inline LevelField random_image(std::mt19937& random, int kind, int largest)
{
    std::array<int, 3> n{};
    for (auto& extent : n) extent = 1 + random() % largest;
    if (random() % 4 == 0) n[random() % 3] = 1;
    LevelField field(n, random() % 2 == 0, kinds_of_voxels[random() % kinds_of_voxels.size()]);
    std::bernoulli_distribution pore(kind == 0 ? 0.5 + 0.1 * (random() % 5) : 0.998);
    for (auto& s : field.level) s = pore(random) ? 1 : 0;
    if (kind != 2) return field;
    const auto anywhere = [&](int axis) -> int { return random() % n[axis]; };
    for (int blob = 0; blob < 6; ++blob) {
        const std::array<int, 3> c{anywhere(0), anywhere(1), anywhere(2)};
        const int size = 2 + random() % 30;
        field.for_each_voxel([&](int x, int y, int z) {
            if (field.weights.squared_length(x - c[0], y - c[1], z - c[2]) < size) field.level[field.at(x, y, z)] = 0;
        });
    }
    return field;
}

} // namespace lapilli::test
