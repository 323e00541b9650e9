// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/voxel_type.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace lapilli::format {

/// NumPy's code of a type, with its order of bytes: "|u1", "<f4".
std::string numpy_code(VoxelType type);

/// What stands before the numbers in NumPy's format .npy 1.0, a multiple of 64 bytes long.
/// @param code   of a number, e.g. "<f8"
/// @param shape  slowest first
std::string npy_head(std::string_view code, std::span<const std::int64_t> shape);

} // namespace lapilli::format
