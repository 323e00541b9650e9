// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/brick.hpp"
#include "image/distribution.hpp"
#include "image/image_source.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

namespace lapilli::image {

/// Reads planes of a region in order, as labels (T = std::int32_t) or as the voxels of the file (T = std::byte).
template <class T>
class RegionReader {
public:
    RegionReader(format::ImageReader& reader, const Region& region) : reader_(reader), region_(region) {}

    /// Elements of T that stand for one voxel.
    std::int64_t per_voxel() const
    {
        return std::is_same_v<T, std::byte> ? format::bytes_of(reader_.description().type) : 1;
    }
    /// Planes, counted inside the region, shape (planes.count(), ny, nx) of the region.
    std::vector<T> read(PlaneRange planes)
    {
        const std::int64_t first = region_.first[Axis::z] + planes.first, last = region_.first[Axis::z] + planes.last;
        if (reader_.streamed()) skip_to(first);
        std::vector<T> voxels(planes.count() * region_.shape.plane() * per_voxel());
        next_plane_ = last;
        const Shape piece = piece_of(reader_.description(), region_.shape);
        if (piece.plane() == region_.shape.plane()) {
            load({first, last}, voxels);
            return voxels;
        }
        auto to = voxels.begin();
        for (PlaneRange part{first, first}; part.last < last; part.first = part.last) {
            part.last = std::min(last, (part.first / piece.nz + 1) * piece.nz);
            to = copy_region(load(part), to);
        }
        return voxels;
    }
    /// Reads a stream to its end: only then it is known to be whole.
    void finish()
    {
        if (reader_.streamed()) skip_to(reader_.description().shape.nz);
    }

private:
    void load(PlaneRange planes, std::span<T> voxels)
    {
        if constexpr (std::is_same_v<T, std::byte>)
            reader_.read_voxels(planes, voxels);
        else
            reader_.read(planes, voxels);
    }
    std::span<const T> load(PlaneRange planes)
    {
        piece_.resize(planes.count() * reader_.description().shape.plane() * per_voxel());
        load(planes, piece_);
        return piece_;
    }
    void skip_to(std::int64_t plane)
    {
        for (; next_plane_ < plane; ++next_plane_) load({next_plane_, next_plane_ + 1});
    }
    /// Copies the rows of the region out of whole planes. Gives the end of what it wrote.
    auto copy_region(std::span<const T> planes, typename std::vector<T>::iterator to) const
    {
        const Shape& file = reader_.description().shape;
        const Shape& kept = region_.shape;
        const std::int64_t plane = file.plane() * per_voxel();
        for (std::int64_t begin = 0; begin < std::ssize(planes); begin += plane)
            for (std::int64_t y = 0; y < kept.ny; ++y) {
                const auto row = (region_.first[Axis::y] + y) * file.nx + region_.first[Axis::x];
                to = std::copy_n(planes.begin() + begin + row * per_voxel(), kept.nx * per_voxel(), to);
            }
        return to;
    }

    format::ImageReader& reader_;
    const Region& region_;
    std::int64_t next_plane_ = 0;
    std::vector<T> piece_; ///< of whole planes, to be cut
};

/// Calls layer(planes) for each layer of bricks of a slab.
template <class Layer>
void for_each_layer(PlaneRange slab, Layer&& layer)
{
    for (std::int64_t z = slab.first; z < slab.last; z += brick::edge)
        layer(PlaneRange{z, std::min(slab.last, z + brick::edge)});
}

/// Brings the layers of bricks of an image to the ranks whose slabs they are in, in order: each reads its own; of a stream
/// rank 0 reads all and sends them. Collective. @throws Error the same on every rank
/// @param per_voxel  elements that read() gives
/// @param read  read(planes) gives a vector of the planes
/// @param take  take(planes, vector), on the rank of the slab
template <class T, class Read, class Take>
void read_layers(const parallel::Communicator& comm, const Shape& shape, bool streamed, std::int64_t per_voxel, Read&& read,
                 Take&& take)
{
    if (!streamed)
        return comm.together([&] {
            for_each_layer(slab_of(shape, comm.rank(), comm.size()), [&](PlaneRange planes) { take(planes, read(planes)); });
        });
    for (int owner = 0; owner < comm.size(); ++owner)
        for_each_layer(slab_of(shape, owner, comm.size()), [&](PlaneRange planes) {
            std::vector<T> layer;
            comm.together([&] {
                if (comm.is_root()) layer = read(planes);
            });
            if (comm.is_root() && owner != 0) comm.send(owner, std::span<const T>(layer));
            if (comm.rank() != owner) return;
            if (owner != 0) {
                layer.resize(planes.count() * shape.plane() * per_voxel);
                comm.receive(0, std::span(layer));
            }
            take(planes, std::move(layer));
        });
}

} // namespace lapilli::image
