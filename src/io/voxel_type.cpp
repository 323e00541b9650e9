// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/voxel_type.hpp"

#include <algorithm>
#include <cctype>
#include <string>
#include <utility>

namespace lapilli::io {

namespace {

constexpr std::pair<std::string_view, VoxelType> other_names[] = {
    {"uint8", VoxelType::u8},    {"uchar", VoxelType::u8},   {"byte", VoxelType::u8},    {"int8", VoxelType::i8},
    {"uint16", VoxelType::u16},  {"ushort", VoxelType::u16}, {"int16", VoxelType::i16},  {"short", VoxelType::i16},
    {"uint32", VoxelType::u32},  {"uint", VoxelType::u32},   {"int32", VoxelType::i32},  {"int", VoxelType::i32},
    {"float32", VoxelType::f32}, {"float", VoxelType::f32},  {"single", VoxelType::f32}, {"bool", VoxelType::u8},
    {"u1", VoxelType::u8},       {"b1", VoxelType::u8},      {"i1", VoxelType::i8},      {"u2", VoxelType::u16},
    {"i2", VoxelType::i16},      {"u4", VoxelType::u32},     {"i4", VoxelType::i32},     {"f4", VoxelType::f32}};

} // namespace

std::optional<VoxelType> voxel_type(std::string_view word)
{
    std::string small(word);
    std::transform(small.begin(), small.end(), small.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    for (const VoxelType type : all_voxel_types)
        if (name(type) == small) return type;
    for (const auto& [other, type] : other_names)
        if (other == small) return type;
    return std::nullopt;
}

} // namespace lapilli::io
