// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/brick.hpp"
#include "brick/morton.hpp"
#include "core/boundary.hpp"
#include "core/shape.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace lapilli::brick {

/// All bricks of an image, also those without pores.
class Grid {
public:
    Grid(const Shape& shape, Boundary beyond) : shape_(shape), beyond_(beyond)
    {
        for (const Axis axis : all_axes) bricks_[axis] = (shape.along(axis) + edge - 1) / edge;
    }
    const Shape& shape() const { return shape_; }
    bool periodic() const { return beyond_ == Boundary::periodic; }
    std::int64_t along(Axis axis) const { return bricks_[axis]; }
    std::int64_t size() const { return bricks_[Axis::x] * bricks_[Axis::y] * bricks_[Axis::z]; }

    /// Lexicographic in (z, y, x).
    std::int64_t index(const Position& p) const { return (p.z * along(Axis::y) + p.y) * along(Axis::x) + p.x; }
    /// The brick that has this place in the image or, of a periodic one, in its repetitions; nothing beyond a sealed image.
    std::optional<Position> inside(const Position& p) const
    {
        const auto x = inside(p.x, Axis::x), y = inside(p.y, Axis::y), z = inside(p.z, Axis::z);
        if (x < 0 || y < 0 || z < 0) return std::nullopt;
        return Position{x, y, z};
    }
    /// Voxels of a brick that are inside the image: fewer than 16 at the upper border.
    std::uint8_t extent(std::int64_t place, Axis axis) const
    {
        return std::min<std::int64_t>(shape_.along(axis) - place * edge, edge);
    }
    std::array<std::uint8_t, 3> extent(const Position& p) const
    {
        return {extent(p.x, Axis::x), extent(p.y, Axis::y), extent(p.z, Axis::z)};
    }

private:
    /// -1: outside.
    std::int64_t inside(std::int64_t place, Axis axis) const
    {
        const auto n = along(axis);
        if (periodic()) return ((place % n) + n) % n;
        return place >= 0 && place < n ? place : -1;
    }

    Shape shape_;
    Boundary beyond_;
    PerAxis<std::int64_t> bricks_{};
};

} // namespace lapilli::brick
