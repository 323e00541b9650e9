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

/// Calls use(T{}) with the type of C++ that voxels of a type known at run time have.
template <class Use>
auto with_type(VoxelType type, Use&& use)
{
    switch (type) {
    case VoxelType::u8:
        return use(std::uint8_t{});
    case VoxelType::i8:
        return use(std::int8_t{});
    case VoxelType::u16:
        return use(std::uint16_t{});
    case VoxelType::i16:
        return use(std::int16_t{});
    case VoxelType::u32:
        return use(std::uint32_t{});
    case VoxelType::i32:
        return use(std::int32_t{});
    case VoxelType::u64:
        return use(std::uint64_t{});
    case VoxelType::i64:
        return use(std::int64_t{});
    case VoxelType::f32:
        return use(float{});
    case VoxelType::f64:
        break;
    }
    return use(double{});
}

/// "u8, i8, ... or f64".
std::string voxel_type_names();

/// The type of that name: as on the command line, or as numpy and C call it, in letters of any size; nothing for other
/// words. Behind a mark of byte order, as in "<u8", a code of numpy's, which counts bytes.
std::optional<VoxelType> voxel_type(std::string_view word);

} // namespace lapilli::format
