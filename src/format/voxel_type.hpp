// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lapilli::format {

enum class VoxelType { u8, i8, u16, i16, u32, i32, u64, i64, f32, f64 };
inline constexpr std::array all_voxel_types{VoxelType::u8,  VoxelType::i8,  VoxelType::u16, VoxelType::i16, VoxelType::u32,
                                            VoxelType::i32, VoxelType::u64, VoxelType::i64, VoxelType::f32, VoxelType::f64};

constexpr std::string_view name(VoxelType type)
{
    constexpr std::array<std::string_view, all_voxel_types.size()> names{"u8",  "i8",  "u16", "i16", "u32",
                                                                         "i32", "u64", "i64", "f32", "f64"};
    return names[static_cast<int>(type)];
}

/// Bytes of one voxel in a file.
constexpr std::int64_t bytes_of(VoxelType type)
{
    constexpr std::array<std::int64_t, all_voxel_types.size()> bytes{1, 1, 2, 2, 4, 4, 8, 8, 4, 8};
    return bytes[static_cast<int>(type)];
}

/// "u8, i8, ... or f64".
std::string voxel_type_names();

/// The type of that name: as on the command line, or as numpy and C call it, in letters of any size; nothing for other
/// words. Behind a mark of byte order, as in "<u8", a code of numpy's, which counts bytes.
std::optional<VoxelType> voxel_type(std::string_view word);

} // namespace lapilli::format
