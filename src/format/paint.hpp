// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/decode.hpp"

#include <cstddef>
#include <span>
#include <string>

namespace lapilli::format {

/// The numbers of a voxel of a picture: 1, 2 with opacity, 3 or 4 colours that must be equal (grey).
struct PaintedVoxel {
    std::size_t numbers = 1;
    std::size_t bytes = 1; ///< of each of them

    bool has_opacity() const { return numbers == 2 || numbers == 4; }
};

/// Keeps one number of each voxel, that of the colours, without opacity: the first bytes of `bytes` are then the voxels.
/// @throws Error the first voxel whose colours differ
void keep_grey(const PaintedVoxel& voxel, std::span<std::byte> bytes, const VoxelRun& run);

/// What is said of a file whose numbers are indices of colours, or have an opacity beside them.
std::string palette_remark(const std::string& path);
std::string opacity_remark(const std::string& path);

} // namespace lapilli::format
