// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/slabs.hpp"

#include "brick/morton.hpp"
#include "image/distribution.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <utility>
#include <vector>

namespace lapilli::image {

namespace {

/// Where the values of a brick belong; they follow one another in its pores' order.
struct Place {
    std::uint64_t code;
    brick::Mask mask;
};

template <class T>
struct Parcel {
    std::vector<Place> places;
    std::vector<T> values;
};

/// Owned bricks by the layer of bricks that they lie in, from z = 0 upwards.
std::vector<std::vector<const brick::Brick*>> by_layer(const PoreSpace& pores)
{
    std::vector<std::vector<const brick::Brick*>> layers((pores.shape().nz + brick::edge - 1) / brick::edge);
    for (const auto& b : pores.owned_bricks()) layers[brick::from_morton(b.code).z].push_back(&b);
    return layers;
}

/// The planes of the step-th layer of a slab; empty beyond its end.
PlaneRange planes_of(PlaneRange slab, std::int64_t step)
{
    const auto cut = [&](std::int64_t layers) { return std::min(slab.last, slab.first + layers * brick::edge); };
    return {cut(step), cut(step + 1)};
}

template <class T>
void unpack(const Place& place, const T* values, int components, const Shape& shape, PlaneRange planes, std::vector<T>& out)
{
    const auto p = brick::from_morton(place.code);
    for (int r = 0; r < brick::rows; ++r) {
        const std::int64_t z = p.z * brick::edge + r / brick::edge - planes.first;
        const std::int64_t y = p.y * brick::edge + r % brick::edge;
        const std::int64_t row = (z * shape.ny + y) * shape.nx + p.x * brick::edge;
        for (unsigned bits = place.mask.row[r]; bits != 0; bits &= bits - 1) {
            const std::int64_t voxel = row + std::countr_zero(bits);
            std::copy_n(values, components, out.begin() + voxel * components);
            values += components;
        }
    }
}

template <class T>
std::vector<Parcel<T>> exchange(const parallel::Communicator& comm, std::vector<Parcel<T>> outgoing)
{
    std::vector<std::vector<Place>> places;
    std::vector<std::vector<T>> values;
    for (auto& parcel : outgoing) {
        places.push_back(std::move(parcel.places));
        values.push_back(std::move(parcel.values));
    }
    places = comm.exchange_all(places);
    values = comm.exchange_all(values);
    for (std::size_t r = 0; r < outgoing.size(); ++r) outgoing[r] = {std::move(places[r]), std::move(values[r])};
    return outgoing;
}

} // namespace

template <class T>
void to_slabs(const PoreSpace& pores, std::span<const T> values, int components, const TakePlanes<T>& take)
{
    const auto& comm = pores.comm();
    const auto& shape = pores.shape();
    const auto slab = slab_of(shape, comm.rank(), comm.size());
    const auto steps = comm.max((slab.count() + brick::edge - 1) / brick::edge);
    const auto layers = by_layer(pores);
    std::vector<T> planes;
    for (std::int64_t step = 0; step < steps; ++step) {
        // 1. the bricks of the next layer of every slab
        std::vector<Parcel<T>> parcels(comm.size());
        comm.together([&] {
            for (int rank = 0; rank < comm.size(); ++rank) {
                const auto wanted = planes_of(slab_of(shape, rank, comm.size()), step);
                if (wanted.count() == 0) continue;
                auto& parcel = parcels[rank];
                for (const auto* b : layers[wanted.first / brick::edge]) {
                    parcel.places.push_back({b->code, b->mask});
                    const auto part = values.subspan(b->first * components, b->pores * components);
                    parcel.values.insert(parcel.values.end(), part.begin(), part.end());
                }
            }
        });
        // 2. go to its rank
        parcels = exchange(comm, std::move(parcels));
        // 3. and become planes
        const auto range = planes_of(slab, step);
        comm.together([&] {
            planes.assign(range.count() * shape.plane() * components, T{});
            for (const auto& parcel : parcels) {
                const T* from = parcel.values.data();
                for (const auto& place : parcel.places) {
                    unpack(place, from, components, shape, range, planes);
                    from += place.mask.count() * components;
                }
            }
            parcels.clear();
        });
        take(range, planes);
    }
}

template void to_slabs<float>(const PoreSpace&, std::span<const float>, int, const TakePlanes<float>&);
template void to_slabs<std::uint8_t>(const PoreSpace&, std::span<const std::uint8_t>, int, const TakePlanes<std::uint8_t>&);

} // namespace lapilli::image
