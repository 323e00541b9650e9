// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "resample/downsample.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <type_traits>
#include <vector>

namespace lapilli::resample {
namespace {

__extension__ using Int128 = __int128;

/// Orders values of any type, nan last.
template <class T>
bool before(T a, T b)
{
    if constexpr (std::is_floating_point_v<T>)
        if (std::isnan(a) || std::isnan(b)) return !std::isnan(a);
    return a < b;
}

template <class T>
T majority(std::vector<T>& values)
{
    if (std::ranges::count(values, values.front()) == std::ssize(values)) return values.front();
    std::sort(values.begin(), values.end(), before<T>);
    auto best = values.begin();
    std::ptrdiff_t most = 0;
    for (auto first = values.begin(); first != values.end();) {
        const auto last = std::upper_bound(first, values.end(), *first, before<T>);
        if (last - first > most) {
            most = last - first;
            best = first;
        }
        first = last;
    }
    return *best;
}

template <class T>
T mean(const std::vector<T>& values)
{
    if constexpr (std::is_floating_point_v<T>) {
        double sum = 0;
        for (const T value : values) sum += value;
        return static_cast<T>(sum / values.size());
    } else {
        using Sum = std::conditional_t<sizeof(T) == 8, Int128, std::int64_t>;
        const Sum count = values.size();
        Sum sum = 0;
        for (const T value : values) sum += value;
        Sum whole = sum / count, twice = sum % count * 2;
        if (twice < 0) whole -= 1, twice += 2 * count; // the remainder from below
        return static_cast<T>(whole + (twice > count || (twice == count && whole % 2 != 0) ? 1 : 0));
    }
}

} // namespace

template <class T>
void downsample(std::span<const T> voxels, const Shape& shape, const Factors& factors, Reduction reduction,
                std::span<T> result)
{
    const Shape to = downsampled(shape, factors);
    const auto& [fx, fy, fz] = factors.values;
    if (std::ssize(voxels) != shape.voxels() || std::ssize(result) != to.voxels())
        throw failure("{} voxels were to be downsampled to {}", voxels.size(), result.size());
    std::vector<T> block(fz * fy * fx);
    for (std::int64_t z = 0, voxel = 0; z < to.nz; ++z)
        for (std::int64_t y = 0; y < to.ny; ++y)
            for (std::int64_t x = 0; x < to.nx; ++x, ++voxel) {
                auto filled = block.begin();
                for (std::int64_t j = z * fz; j < (z + 1) * fz; ++j)
                    for (std::int64_t i = y * fy; i < (y + 1) * fy; ++i)
                        filled = std::copy_n(voxels.begin() + (j * shape.ny + i) * shape.nx + x * fx, fx, filled);
                result[voxel] = reduction == Reduction::mean ? mean(block) : majority(block);
            }
}

template void downsample<std::uint8_t>(std::span<const std::uint8_t>, const Shape&, const Factors&, Reduction,
                                       std::span<std::uint8_t>);
template void downsample<std::int8_t>(std::span<const std::int8_t>, const Shape&, const Factors&, Reduction,
                                      std::span<std::int8_t>);
template void downsample<std::uint16_t>(std::span<const std::uint16_t>, const Shape&, const Factors&, Reduction,
                                        std::span<std::uint16_t>);
template void downsample<std::int16_t>(std::span<const std::int16_t>, const Shape&, const Factors&, Reduction,
                                       std::span<std::int16_t>);
template void downsample<std::uint32_t>(std::span<const std::uint32_t>, const Shape&, const Factors&, Reduction,
                                        std::span<std::uint32_t>);
template void downsample<std::int32_t>(std::span<const std::int32_t>, const Shape&, const Factors&, Reduction,
                                       std::span<std::int32_t>);
template void downsample<std::uint64_t>(std::span<const std::uint64_t>, const Shape&, const Factors&, Reduction,
                                        std::span<std::uint64_t>);
template void downsample<std::int64_t>(std::span<const std::int64_t>, const Shape&, const Factors&, Reduction,
                                       std::span<std::int64_t>);
template void downsample<float>(std::span<const float>, const Shape&, const Factors&, Reduction, std::span<float>);
template void downsample<double>(std::span<const double>, const Shape&, const Factors&, Reduction, std::span<double>);

} // namespace lapilli::resample
