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

/// Voxels in the order of bytes of this machine -> labels; `voxels` holds labels.size() of them and may be unaligned.
/// @throws Error the first voxel (z, y, x) that is not an integer of 32 bits with sign
void decode(VoxelType type, std::span<const std::byte> voxels, const VoxelRun& run, std::span<std::int32_t> labels);

/// Reverses the bytes of each voxel.
void swap_bytes(VoxelType type, std::span<std::byte> voxels);

/// "(z 1, y 2, x 3)": the voxel that lies `offset` behind the first of the run.
std::string voxel_text(const VoxelRun& run, std::int64_t offset);

/// Bits, the highest of each byte first -> bytes 0 and 1.
void unpack_bits(std::span<const std::byte> bits, std::span<std::byte> voxels);

} // namespace lapilli::format
