// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"
#include "file/input_file.hpp"
#include "format/voxel_size.hpp"
#include "format/voxel_type.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace lapilli::format {

/// What the text at the begin of an Amira mesh says of its voxels.
struct AmiraHeader {
    enum class Packing { none, byte_rle, zip };

    Shape shape;
    VoxelType type = VoxelType::u8;
    bool big_endian = false;
    Packing packing = Packing::none;
    std::int64_t packed_bytes = 0; ///< where they are packed
    std::int64_t data_at = 0;      ///< [bytes]
    VoxelSize voxel;
    std::vector<std::string> remarks = {};
};

/// @throws Error a file without a regular lattice of numbers, in words instead of bytes, or damaged
AmiraHeader amira_header(const file::InputFile& file);

} // namespace lapilli::format
