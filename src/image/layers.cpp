// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/layers.hpp"

#include "brick/morton.hpp"

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

/// The planes of a layer; empty beyond the last one.
PlaneRange planes_of(std::int64_t layer, const Shape& shape)
{
    return {std::min(shape.nz, layer * brick::edge), std::min(shape.nz, (layer + 1) * brick::edge)};
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
void to_layers(const PoreSpace& pores, std::span<const T> values, int components, const TakePlanes<T>& take)
{
    const auto& comm = pores.comm();
    const auto& shape = pores.shape();
    const auto layers = by_layer(pores);
    std::vector<T> planes;
    for (std::int64_t first = 0; first < std::ssize(layers); first += comm.size()) {
        // 1. the bricks of the next layer of every rank
        std::vector<Parcel<T>> parcels(comm.size());
        comm.together([&] {
            for (int rank = 0; rank < comm.size() && first + rank < std::ssize(layers); ++rank) {
                auto& parcel = parcels[rank];
                for (const auto* b : layers[first + rank]) {
                    parcel.places.push_back({b->code, b->mask});
                    const auto part = values.subspan(b->first * components, b->pores * components);
                    parcel.values.insert(parcel.values.end(), part.begin(), part.end());
                }
            }
        });
        // 2. go to its rank
        parcels = exchange(comm, std::move(parcels));
        // 3. and become planes
        const auto range = planes_of(first + comm.rank(), shape);
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

template void to_layers<float>(const PoreSpace&, std::span<const float>, int, const TakePlanes<float>&);
template void to_layers<std::uint8_t>(const PoreSpace&, std::span<const std::uint8_t>, int, const TakePlanes<std::uint8_t>&);

} // namespace lapilli::image
