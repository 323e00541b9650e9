// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/axis.hpp"
#include "core/shape.hpp"
#include "core/voxel_edges.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace lapilli::resample {

/// How an image lies in another one: each new axis is an old one, forwards or backwards.
struct Orientation {
    PerAxis<Axis> from{Axis::x, Axis::y, Axis::z};
    PerAxis<bool> backwards{};

    friend constexpr bool operator==(const Orientation&, const Orientation&) = default;
};

/// A turn by 90 degrees about an axis: x goes to y, y to z, z to x, whichever two are not that axis.
Orientation quarter_turn(Axis about);

/// One after the other.
Orientation operator*(const Orientation& second, const Orientation& first);

Shape turned(const Shape& shape, const Orientation& orientation);
VoxelEdges turned(const VoxelEdges& edges, const Orientation& orientation);

/// @param voxels      shape (nz, ny, nx), x fastest
/// @param voxel_bytes 1, 2, 4 or 8
/// @param result      of the turned shape, x fastest, as many bytes
void turn(std::span<const std::byte> voxels, const Shape& shape, std::int64_t voxel_bytes, const Orientation& orientation,
          std::span<std::byte> result);

} // namespace lapilli::resample
