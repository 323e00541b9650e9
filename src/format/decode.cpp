// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/decode.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <array>
#include <concepts>
#include <cstring>
#include <limits>
#include <type_traits>

namespace lapilli::format {
namespace {

template <class T, bool Swap>
T load(const std::byte* at)
{
    std::array<std::byte, sizeof(T)> bytes;
    std::memcpy(bytes.data(), at, sizeof(T));
    if constexpr (Swap) std::reverse(bytes.begin(), bytes.end());
    T value;
    std::memcpy(&value, bytes.data(), sizeof(T));
    return value;
}

template <class T>
constexpr bool always_a_label = std::integral<T> && (sizeof(T) < 4 || std::same_as<T, std::int32_t>);

/// The label of a value, and whether it has one; no branches, so that the loop over voxels is vectorised.
template <class T>
bool to_label(T value, std::int32_t& label)
{
    using Limits = std::numeric_limits<std::int32_t>;
    if constexpr (always_a_label<T>) {
        label = value;
        return true;
    } else if constexpr (std::unsigned_integral<T>) {
        label = static_cast<std::int32_t>(value);
        return value <= static_cast<T>(Limits::max());
    } else if constexpr (std::signed_integral<T>) {
        label = static_cast<std::int32_t>(value);
        return value == label;
    } else {
        const bool inside = value >= static_cast<T>(Limits::min()) && value < -static_cast<T>(Limits::min()); // not for nan
        label = static_cast<std::int32_t>(inside ? value : T{0});
        return inside && static_cast<T>(label) == value;
    }
}

template <class T>
Error not_a_label(T value, const VoxelRun& run, std::int64_t offset)
{
    if constexpr (std::floating_point<T>)
        return input_error("{} has the value {} at voxel {}, but labels must be whole numbers of 32 bits; "
                           "segment the image first",
                           run.path, value, voxel_text(run, offset));
    else
        return input_error("{} has the value {} at voxel {}, but labels must fit 32 bits with sign; "
                           "relabel the image first",
                           run.path, value, voxel_text(run, offset));
}

template <class T, bool Swap>
void decode_run(std::span<const std::byte> bytes, const VoxelRun& run, std::span<std::int32_t> labels)
{
    const std::byte* from = bytes.data();
    bool all = true;
    for (std::size_t i = 0; i < labels.size(); ++i) all &= to_label(load<T, Swap>(from + i * sizeof(T)), labels[i]);
    if (all) return;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const T value = load<T, Swap>(from + i * sizeof(T));
        if (!to_label(value, labels[i])) throw not_a_label(value, run, i);
    }
}

} // namespace

template <class T>
void decode(std::span<const std::byte> bytes, bool swap, const VoxelRun& run, std::span<std::int32_t> labels)
{
    if (bytes.size() != labels.size() * sizeof(T))
        throw failure("decoding {} bytes to {} labels", bytes.size(), labels.size());
    if (swap && sizeof(T) > 1)
        decode_run<T, true>(bytes, run, labels);
    else
        decode_run<T, false>(bytes, run, labels);
}

template void decode<std::uint8_t>(std::span<const std::byte>, bool, const VoxelRun&, std::span<std::int32_t>);
template void decode<std::int8_t>(std::span<const std::byte>, bool, const VoxelRun&, std::span<std::int32_t>);
template void decode<std::uint16_t>(std::span<const std::byte>, bool, const VoxelRun&, std::span<std::int32_t>);
template void decode<std::int16_t>(std::span<const std::byte>, bool, const VoxelRun&, std::span<std::int32_t>);
template void decode<std::uint32_t>(std::span<const std::byte>, bool, const VoxelRun&, std::span<std::int32_t>);
template void decode<std::int32_t>(std::span<const std::byte>, bool, const VoxelRun&, std::span<std::int32_t>);
template void decode<std::uint64_t>(std::span<const std::byte>, bool, const VoxelRun&, std::span<std::int32_t>);
template void decode<std::int64_t>(std::span<const std::byte>, bool, const VoxelRun&, std::span<std::int32_t>);
template void decode<float>(std::span<const std::byte>, bool, const VoxelRun&, std::span<std::int32_t>);
template void decode<double>(std::span<const std::byte>, bool, const VoxelRun&, std::span<std::int32_t>);

void decode(VoxelType type, std::span<const std::byte> bytes, bool swap, const VoxelRun& run, std::span<std::int32_t> labels)
{
    switch (type) {
    case VoxelType::u8:
        return decode<std::uint8_t>(bytes, swap, run, labels);
    case VoxelType::i8:
        return decode<std::int8_t>(bytes, swap, run, labels);
    case VoxelType::u16:
        return decode<std::uint16_t>(bytes, swap, run, labels);
    case VoxelType::i16:
        return decode<std::int16_t>(bytes, swap, run, labels);
    case VoxelType::u32:
        return decode<std::uint32_t>(bytes, swap, run, labels);
    case VoxelType::i32:
        return decode<std::int32_t>(bytes, swap, run, labels);
    case VoxelType::u64:
        return decode<std::uint64_t>(bytes, swap, run, labels);
    case VoxelType::i64:
        return decode<std::int64_t>(bytes, swap, run, labels);
    case VoxelType::f32:
        return decode<float>(bytes, swap, run, labels);
    case VoxelType::f64:
        return decode<double>(bytes, swap, run, labels);
    }
}

std::string voxel_text(const VoxelRun& run, std::int64_t offset)
{
    const std::int64_t voxel = run.first + offset;
    return fmt::format("(z {}, y {}, x {})", voxel / run.shape.plane(), voxel / run.shape.nx % run.shape.ny,
                       voxel % run.shape.nx);
}

void decode_bits(std::span<const std::byte> bytes, std::span<std::int32_t> labels)
{
    for (std::size_t i = 0; i < labels.size(); ++i)
        labels[i] = std::to_integer<std::int32_t>(bytes[i / 8] >> (7 - i % 8)) & 1;
}

} // namespace lapilli::format
