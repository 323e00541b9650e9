// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/voxel_type.hpp"

#include "text/small_letters.hpp"

#include <string>
#include <utility>

namespace lapilli::format {

namespace {

constexpr std::string_view order_marks = "<>|="; // little, big, none, that of this machine

constexpr std::pair<std::string_view, VoxelType> other_names[] = {
    {"uint8", VoxelType::u8},   {"uchar", VoxelType::u8},    {"byte", VoxelType::u8},     {"int8", VoxelType::i8},
    {"uint16", VoxelType::u16}, {"ushort", VoxelType::u16},  {"int16", VoxelType::i16},   {"short", VoxelType::i16},
    {"uint32", VoxelType::u32}, {"uint", VoxelType::u32},    {"int32", VoxelType::i32},   {"int", VoxelType::i32},
    {"uint64", VoxelType::u64}, {"int64", VoxelType::i64},   {"float32", VoxelType::f32}, {"float", VoxelType::f32},
    {"single", VoxelType::f32}, {"float64", VoxelType::f64}, {"double", VoxelType::f64},  {"bool", VoxelType::u8}};

/// "u8" and "i8" mean eight bytes where they are numpy's, eight bits on the command line.
constexpr std::pair<std::string_view, VoxelType> numpy_codes[] = {
    {"u1", VoxelType::u8},  {"b1", VoxelType::u8},  {"i1", VoxelType::i8},  {"u2", VoxelType::u16},
    {"i2", VoxelType::i16}, {"u4", VoxelType::u32}, {"i4", VoxelType::i32}, {"f4", VoxelType::f32},
    {"f8", VoxelType::f64}, {"u8", VoxelType::u64}, {"i8", VoxelType::i64}};

template <class Names>
std::optional<VoxelType> find(const Names& names, std::string_view word)
{
    for (const auto& [known, type] : names)
        if (known == word) return type;
    return std::nullopt;
}

} // namespace

std::string voxel_type_names()
{
    std::string names;
    for (const VoxelType type : all_voxel_types) {
        if (type != all_voxel_types.front()) names += type == all_voxel_types.back() ? " or " : ", ";
        names += name(type);
    }
    return names;
}

std::optional<VoxelType> voxel_type(std::string_view word)
{
    const std::string small = text::small_letters(word);
    if (!small.empty() && order_marks.find(small[0]) != std::string_view::npos)
        return find(numpy_codes, std::string_view(small).substr(1));
    for (const VoxelType type : all_voxel_types)
        if (name(type) == small) return type;
    const auto other = find(other_names, small);
    return other ? other : find(numpy_codes, small);
}

} // namespace lapilli::format
