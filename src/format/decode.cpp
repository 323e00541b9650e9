// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/decode.hpp"

#include "core/error.hpp"

#include <cmath>
#include <concepts>
#include <cstring>
#include <limits>
#include <type_traits>

namespace lapilli::format {
namespace {

template <class T>
T load(const std::byte* at)
{
    T value;
    std::memcpy(&value, at, sizeof(T));
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
    if constexpr (std::floating_point<T>) {
        if (!std::isfinite(value))
            return input_error(
                "{} has the value {} at voxel {}, but labels must be whole numbers; give it one in the program "
                "that made the image, or leave it out with --crop",
                run.path, value, voxel_text(run, offset));
        return input_error("{} has the value {} at voxel {}, but labels must be whole numbers of 32 bits; "
                           "add --segment, or make labels with lapilli segment",
                           run.path, value, voxel_text(run, offset));
    } else
        return input_error("{} has the value {} at voxel {}, but labels must fit 32 bits with sign; give "
                           "it another label first, with lapilli convert --relabel {}=1 --as i32, say",
                           run.path, value, voxel_text(run, offset), value);
}

template <class T>
void decode_run(std::span<const std::byte> voxels, const VoxelRun& run, std::span<std::int32_t> labels)
{
    if (voxels.size() != labels.size() * sizeof(T))
        throw failure("decoding {} bytes to {} labels", voxels.size(), labels.size());
    const std::byte* from = voxels.data();
    bool all = true;
    for (std::size_t i = 0; i < labels.size(); ++i) all &= to_label(load<T>(from + i * sizeof(T)), labels[i]);
    if (all) return;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const T value = load<T>(from + i * sizeof(T));
        if (!to_label(value, labels[i])) throw not_a_label(value, run, i);
    }
}

template <class Bits, class Swap>
void swap_each(std::span<std::byte> voxels, Swap swap)
{
    for (std::size_t at = 0; at + sizeof(Bits) <= voxels.size(); at += sizeof(Bits)) {
        const Bits swapped = swap(load<Bits>(voxels.data() + at));
        std::memcpy(voxels.data() + at, &swapped, sizeof(Bits));
    }
}

} // namespace

void decode(VoxelType type, std::span<const std::byte> voxels, const VoxelRun& run, std::span<std::int32_t> labels)
{
    with_type(type, [&](auto value) { decode_run<decltype(value)>(voxels, run, labels); });
}

void swap_bytes(VoxelType type, std::span<std::byte> voxels)
{
    switch (bytes_of(type)) {
    case 2:
        return swap_each<std::uint16_t>(voxels, [](std::uint16_t v) { return __builtin_bswap16(v); });
    case 4:
        return swap_each<std::uint32_t>(voxels, [](std::uint32_t v) { return __builtin_bswap32(v); });
    case 8:
        return swap_each<std::uint64_t>(voxels, [](std::uint64_t v) { return __builtin_bswap64(v); });
    default:
        return;
    }
}

std::string voxel_text(const VoxelRun& run, std::int64_t offset)
{
    const std::int64_t voxel = run.first + offset;
    return fmt::format("(z {}, y {}, x {})", voxel / run.shape.plane(), voxel / run.shape.nx % run.shape.ny,
                       voxel % run.shape.nx);
}

void unpack_bits(std::span<const std::byte> bits, std::span<std::byte> voxels)
{
    for (std::size_t i = 0; i < voxels.size(); ++i) voxels[i] = bits[i / 8] >> (7 - i % 8) & std::byte{1};
}

} // namespace lapilli::format
