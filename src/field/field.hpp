// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"
#include "core/voxel_edges.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace lapilli::field {

/// A value, or one for each of x, y, z, at the centre of every voxel.
struct Field {
    enum class Type { f32, u8 };

    std::string name;        ///< of its dataset, e.g. "velocity_x"
    std::string unit;        ///< e.g. "m/s"; "1" for plain numbers
    std::string description; ///< one line: what it is, and what it is where there are no pores
    int components = 1;      ///< 1, or 3: x, y, z
    Type type = Type::f32;

    std::int64_t bytes() const { return components * (type == Type::f32 ? 4 : 1); } ///< of one voxel
};

/// Where the voxels lie.
struct FieldGrid {
    Shape shape;
    std::optional<VoxelEdges> voxel_edges_m; ///< absent: lengths in voxels
    PerAxis<std::int64_t> first{};           ///< x, y, z: which voxel of the image is the first one here

    VoxelEdges spacing() const { return voxel_edges_m.value_or(VoxelEdges::cube(1)); }
    const char* length_unit() const { return voxel_edges_m ? "m" : "voxel"; }
};

} // namespace lapilli::field
