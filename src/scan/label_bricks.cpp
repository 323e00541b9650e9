// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scan/label_bricks.hpp"

#include "brick/morton.hpp"
#include "image/brick_layers.hpp"
#include "image/distribution.hpp"
#include "image/region_reader.hpp"

#include <algorithm>
#include <bit>

namespace lapilli::scan {

namespace {

struct Place {
    std::uint64_t code;
    brick::Mask mask;
};

void give_label(const Place& place, std::uint8_t label, LabelSlab& slab)
{
    const auto p = brick::from_morton(place.code);
    for (int r = 0; r < brick::rows; ++r) {
        const auto z = p.z * brick::edge + r / brick::edge - slab.planes.first, y = p.y * brick::edge + r % brick::edge;
        const auto row = (z * slab.shape.ny + y) * slab.shape.nx + p.x * brick::edge;
        for (unsigned bits = place.mask.row[r]; bits != 0; bits &= bits - 1)
            slab.labels[row + std::countr_zero(bits)] = label;
    }
}

} // namespace

image::BrickSet bricks_of(const LabelSlab& slab, const PhaseOfLabel& phases, bool keep_phases)
{
    image::BrickSet bricks;
    std::vector<std::uint8_t> layer;
    image::for_each_layer(slab.planes, [&](PlaneRange planes) {
        const auto first = slab.labels.begin() + (planes.first - slab.planes.first) * slab.shape.plane();
        layer.resize(planes.count() * slab.shape.plane());
        std::transform(first, first + std::ssize(layer), layer.begin(), [&](auto label) { return phases[label]; });
        image::add_layer(slab.shape, planes.first, layer, keep_phases, bricks);
    });
    return bricks;
}

void give_label(const parallel::Communicator& comm, const image::BrickSet& bricks, std::uint8_t label, LabelSlab& slab)
{
    std::vector<std::int64_t> last; // plane of the slab of each rank
    for (int rank = 0; rank < comm.size(); ++rank) last.push_back(image::slab_of(slab.shape, rank, comm.size()).last);
    std::vector<std::vector<Place>> places(comm.size());
    for (std::size_t i = 0; i < bricks.codes.size(); ++i) {
        const auto z = brick::from_morton(bricks.codes[i]).z * brick::edge;
        places[std::ranges::upper_bound(last, z) - last.begin()].push_back({bricks.codes[i], bricks.masks[i]});
    }
    for (const auto& from_rank : comm.exchange_all(places))
        for (const auto& place : from_rank) give_label(place, label, slab);
}

} // namespace lapilli::scan
