// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/axis.hpp"

#include <cstdint>
#include <optional>

namespace lapilli {

/// Extent of an image in voxels, slowest axis first: arrays are (nz, ny, nx), x fastest in memory and in raw files.
struct Shape {
    std::int64_t nz = 0;
    std::int64_t ny = 0;
    std::int64_t nx = 0;

    constexpr std::int64_t plane() const { return ny * nx; }
    constexpr std::int64_t voxels() const { return nz * ny * nx; }
    constexpr std::int64_t along(Axis axis) const { return axis == Axis::x ? nx : axis == Axis::y ? ny : nz; }
    friend constexpr bool operator==(const Shape&, const Shape&) = default;
};

/// The axis across a two-dimensional image: the only one along which it is one voxel deep. Absent: there is none.
constexpr std::optional<Axis> normal_of_plane(const Shape& shape)
{
    std::optional<Axis> normal;
    for (const Axis axis : all_axes) {
        if (shape.along(axis) != 1) continue;
        if (normal) return std::nullopt;
        normal = axis;
    }
    return normal;
}

/// Half-open range of z-planes, [first, last).
struct PlaneRange {
    std::int64_t first = 0;
    std::int64_t last = 0;
    constexpr std::int64_t count() const { return last - first; }
    friend constexpr bool operator==(const PlaneRange&, const PlaneRange&) = default;
};

} // namespace lapilli
