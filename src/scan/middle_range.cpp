// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scan/middle_range.hpp"

#include "segmentation/histogram.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <type_traits>

namespace lapilli::scan {

namespace {

template <class T>
using Key = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
template <class T>
constexpr auto sign_bit = static_cast<Key<T>>(Key<T>{1} << (8 * sizeof(T) - 1));

/// Whole numbers in the order of the values.
template <class T>
Key<T> key_of(T value)
{
    const auto bits = std::bit_cast<Key<T>>(value);
    if constexpr (std::is_unsigned_v<T>) return bits;
    if constexpr (std::is_floating_point_v<T>)
        if (bits & sign_bit<T>) return ~bits;
    return bits ^ sign_bit<T>;
}

template <class T>
T value_of(Key<T> key)
{
    if constexpr (std::is_unsigned_v<T>) return key;
    if constexpr (std::is_floating_point_v<T>)
        if (!(key & sign_bit<T>)) return std::bit_cast<T>(static_cast<Key<T>>(~key));
    return std::bit_cast<T>(static_cast<Key<T>>(key ^ sign_bit<T>));
}

/// The values that have so many below them in ascending order: 16 bits of their keys after the other.
template <class T>
std::array<T, 2> values_of_ranks(const parallel::Communicator& comm, std::span<const T> voxels,
                                 std::array<std::int64_t, 2> ranks)
{
    constexpr int bits = 16;
    std::array<Key<T>, 2> keys{};
    for (int shift = 8 * sizeof(T) - bits; shift >= 0; shift -= bits)
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const auto above = [&](Key<T> key) { return static_cast<std::uint64_t>(key) >> shift >> bits; };
            segmentation::Histogram counts(segmentation::levels);
            for (const T voxel : voxels)
                if (const auto key = key_of(voxel); above(key) == above(keys[i]))
                    ++counts[static_cast<std::uint16_t>(key >> shift)];
            comm.sum(counts);
            Key<T> next = 0;
            while (ranks[i] >= counts[next]) ranks[i] -= counts[next++];
            keys[i] |= next << shift;
        }
    return {value_of<T>(keys[0]), value_of<T>(keys[1])};
}

} // namespace

template <class T>
GreyRange middle_range(const parallel::Communicator& comm, std::span<const T> voxels, const GreyRange& values)
{
    const auto all = comm.sum(std::ssize(voxels));
    const auto rare = std::min((all - 1) / 2, std::max<std::int64_t>(1, all / 1000));
    const auto [low, high] = values_of_ranks(comm, voxels, {rare, all - 1 - rare});
    const double least = static_cast<double>(low), largest = static_cast<double>(high), width = largest - least;
    if (width <= 0) return values;
    return {std::max(values.least, least - width), std::min(values.largest, largest + width)};
}

template GreyRange middle_range(const parallel::Communicator&, std::span<const std::int32_t>, const GreyRange&);
template GreyRange middle_range(const parallel::Communicator&, std::span<const std::uint32_t>, const GreyRange&);
template GreyRange middle_range(const parallel::Communicator&, std::span<const std::int64_t>, const GreyRange&);
template GreyRange middle_range(const parallel::Communicator&, std::span<const std::uint64_t>, const GreyRange&);
template GreyRange middle_range(const parallel::Communicator&, std::span<const float>, const GreyRange&);
template GreyRange middle_range(const parallel::Communicator&, std::span<const double>, const GreyRange&);

} // namespace lapilli::scan
