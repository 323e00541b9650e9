// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "resample/orientation.hpp"

#include "core/error.hpp"

#include <algorithm>

namespace lapilli::resample {
namespace {

/// Where a voxel of the result comes from, in steps through the old one.
struct Strides {
    std::int64_t first = 0;
    PerAxis<std::int64_t> step{}; ///< by new axis
};

Strides strides_of(const Shape& shape, const Orientation& orientation)
{
    const PerAxis<std::int64_t> old{1, shape.nx, shape.plane()};
    Strides strides;
    for (const Axis axis : all_axes) {
        const Axis from = orientation.from[axis];
        const bool backwards = orientation.backwards[axis];
        if (backwards) strides.first += (shape.along(from) - 1) * old[from];
        strides.step[axis] = backwards ? -old[from] : old[from];
    }
    return strides;
}

/// In blocks that stay in the cache: where x becomes another axis, neighbours in the result are far apart before.
template <class T>
void turn_each(const T* from, const Strides& strides, const Shape& shape, T* to)
{
    constexpr std::int64_t edge = 32;
    const auto& step = strides.step;
    for (std::int64_t z0 = 0; z0 < shape.nz; z0 += edge)
        for (std::int64_t y0 = 0; y0 < shape.ny; y0 += edge)
            for (std::int64_t x0 = 0; x0 < shape.nx; x0 += edge)
                for (std::int64_t z = z0; z < std::min(shape.nz, z0 + edge); ++z)
                    for (std::int64_t y = y0; y < std::min(shape.ny, y0 + edge); ++y) {
                        const T* row = from + strides.first + z * step[Axis::z] + y * step[Axis::y];
                        T* const result = to + (z * shape.ny + y) * shape.nx;
                        for (std::int64_t x = x0; x < std::min(shape.nx, x0 + edge); ++x) result[x] = row[x * step[Axis::x]];
                    }
}

} // namespace

Orientation quarter_turn(Axis about)
{
    const Axis next = all_axes[(index(about) + 1) % 3], last = all_axes[(index(about) + 2) % 3];
    Orientation turn;
    turn.from[last] = next;
    turn.from[next] = last;
    turn.backwards[next] = true;
    return turn;
}

Orientation operator*(const Orientation& second, const Orientation& first)
{
    Orientation both;
    for (const Axis axis : all_axes) {
        both.from[axis] = first.from[second.from[axis]];
        both.backwards[axis] = first.backwards[second.from[axis]] != second.backwards[axis];
    }
    return both;
}

Shape turned(const Shape& shape, const Orientation& orientation)
{
    const auto& from = orientation.from;
    return {shape.along(from[Axis::z]), shape.along(from[Axis::y]), shape.along(from[Axis::x])};
}

VoxelEdges turned(const VoxelEdges& edges, const Orientation& orientation)
{
    const auto& from = orientation.from;
    return {edges.along(from[Axis::x]), edges.along(from[Axis::y]), edges.along(from[Axis::z])};
}

void turn(std::span<const std::byte> voxels, const Shape& shape, std::int64_t voxel_bytes, const Orientation& orientation,
          std::span<std::byte> result)
{
    if (std::ssize(voxels) != shape.voxels() * voxel_bytes || result.size() != voxels.size())
        throw failure("{} bytes were to be turned into {}", voxels.size(), result.size());
    const auto strides = strides_of(shape, orientation);
    const auto of_size = [&](auto voxel) {
        using T = decltype(voxel);
        turn_each(reinterpret_cast<const T*>(voxels.data()), strides, turned(shape, orientation),
                  reinterpret_cast<T*>(result.data()));
    };
    if (voxel_bytes == 1) return of_size(std::uint8_t{});
    if (voxel_bytes == 2) return of_size(std::uint16_t{});
    if (voxel_bytes == 4) return of_size(std::uint32_t{});
    of_size(std::uint64_t{});
}

} // namespace lapilli::resample
