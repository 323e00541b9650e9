// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/converted_slab.hpp"

#include "image/distribution.hpp"

#include <algorithm>

namespace lapilli::image {

void ConvertedSlab::fill(format::VoxelType type, std::int64_t label)
{
    voxel_bytes_ = format::bytes_of(type);
    voxels_.resize(slab_of(shapes_.padded, rank_, ranks_).count() * shapes_.padded.plane() * voxel_bytes_);
    format::with_type(type, [&](auto voxel) {
        using T = decltype(voxel);
        std::fill_n(reinterpret_cast<T*>(voxels_.data()), voxels_.size() / sizeof(T), static_cast<T>(label));
    });
}

/// Planes of the turned image, which has no padding.
PlaneRange ConvertedSlab::written_by(int rank) const
{
    const auto slab = slab_of(shapes_.padded, rank, ranks_);
    const auto inside = [&](std::int64_t z) {
        return std::clamp<std::int64_t>(z - shapes_.pad[Axis::z], 0, shapes_.turned.nz);
    };
    return {inside(slab.first), inside(slab.last)};
}

/// Where a layer lies in the turned image, and of it what a rank writes.
Region ConvertedSlab::place_of(PlaneRange coarse, int rank) const
{
    Region place{.first = {},
                 .shape = resample::turned(Shape{coarse.count(), shapes_.coarse.ny, shapes_.coarse.nx}, orientation_)};
    for (const Axis axis : all_axes)
        if (orientation_.from[axis] == Axis::z)
            place.first[axis] = orientation_.backwards[axis] ? shapes_.coarse.nz - coarse.last : coarse.first;
    const auto planes = written_by(rank);
    const auto first = std::max(planes.first, place.first[Axis::z]);
    place.shape.nz = std::max<std::int64_t>(0, std::min(planes.last, place.first[Axis::z] + place.shape.nz) - first);
    place.first[Axis::z] = first;
    return place;
}

std::vector<std::vector<std::byte>> ConvertedSlab::dealt(PlaneRange coarse, const std::vector<std::byte>& layer) const
{
    std::vector<std::vector<std::byte>> parts(ranks_);
    auto from = layer.begin(); // whose planes fall to the ranks in their order
    for (int rank = 0; rank < ranks_; ++rank) {
        const auto bytes = place_of(coarse, rank).shape.voxels() * voxel_bytes_;
        parts[rank].assign(from, from + bytes);
        from += bytes;
    }
    return parts;
}

void ConvertedSlab::paste(PlaneRange coarse, const std::vector<std::byte>& part)
{
    if (part.empty()) return;
    const Region place = place_of(coarse, rank_);
    const Shape& whole = shapes_.padded;
    const auto at = [&](Axis axis) { return place.first[axis] + shapes_.pad[axis]; };
    const auto plane = at(Axis::z) - slab_of(whole, rank_, ranks_).first;
    const auto row = place.shape.nx * voxel_bytes_;
    auto from = part.begin();
    for (std::int64_t z = 0; z < place.shape.nz; ++z)
        for (std::int64_t y = 0; y < place.shape.ny; ++y, from += row)
            std::copy_n(from, row,
                        voxels_.begin() +
                            (((plane + z) * whole.ny + at(Axis::y) + y) * whole.nx + at(Axis::x)) * voxel_bytes_);
}

} // namespace lapilli::image
