// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"
#include "format/voxel_type.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace lapilli::format {

/// Consecutive voxels of an image, by the number of the first in file order: to name a voxel that cannot be a label.
struct VoxelRun {
    std::string_view path;
    Shape shape;
    std::int64_t first = 0;
};

/// Voxels of type T as in a file -> labels; `bytes` holds labels.size() of them and may be unaligned.
/// T is one of std::{u,}int{8,16,32,64}_t, float, double; `swap` reverses the bytes of each.
/// @throws Error the first voxel (z, y, x) that is not an integer of 32 bits with sign
template <class T>
void decode(std::span<const std::byte> bytes, bool swap, const VoxelRun& run, std::span<std::int32_t> labels);

/// The same for a type known at run time.
void decode(VoxelType type, std::span<const std::byte> bytes, bool swap, const VoxelRun& run,
            std::span<std::int32_t> labels);

/// "(z 1, y 2, x 3)": the voxel that lies `offset` behind the first of the run.
std::string voxel_text(const VoxelRun& run, std::int64_t offset);

/// Bits, the highest of each byte first -> labels 0 and 1.
void decode_bits(std::span<const std::byte> bytes, std::span<std::int32_t> labels);

} // namespace lapilli::format
