// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/ghost_layers.hpp"

#include <algorithm>
#include <bit>
#include <optional>

namespace lapilli::geometry {

namespace {

using brick::edge;
using brick::Position;

/// Calls visit(offset, known brick) for the bricks with pores around one; a small periodic image has some twice.
template <class Visit>
void for_each_neighbour(const KnownBricks& known, std::int32_t brick, Visit&& visit)
{
    const auto& at = known.place(brick);
    for (std::int64_t z = -1; z <= 1; ++z)
        for (std::int64_t y = -1; y <= 1; ++y)
            for (std::int64_t x = -1; x <= 1; ++x) {
                if (x == 0 && y == 0 && z == 0) continue;
                const auto place = known.grid().inside({at.x + x, at.y + y, at.z + z});
                const auto neighbour = place ? known.at(*place) : KnownBricks::solid;
                if (neighbour >= 0) visit(Position{x, y, z}, neighbour);
            }
}

struct Range {
    int first, last;
};

/// Of the coordinates of a brick along an axis, those that a neighbour in that direction sees.
Range seen(std::int64_t direction, int extent)
{
    if (direction == 0) return {0, extent};
    return direction < 0 ? Range{0, 1} : Range{extent - 1, extent};
}

/// The pores of a brick that its neighbour at an offset sees.
brick::Mask layer_towards(const KnownBricks& known, std::int32_t brick, const Position& offset)
{
    const auto extent = known.extent(brick);
    const auto x = seen(offset.x, extent[0]), y = seen(offset.y, extent[1]), z = seen(offset.z, extent[2]);
    const unsigned bits = (1U << x.last) - (1U << x.first);
    brick::Mask layer;
    for (int k = z.first; k < z.last; ++k)
        for (int j = y.first; j < y.last; ++j) layer.row[k * edge + j] = known.mask(brick).row[k * edge + j] & bits;
    return layer;
}

/// Calls visit(voxel of the tile) for each pore of a mask.
template <class Visit>
void for_each_voxel(const brick::Mask& mask, Visit&& visit)
{
    for (int r = 0; r < brick::rows; ++r)
        for (unsigned bits = mask.row[r]; bits != 0; bits &= bits - 1) visit(r * edge + std::countr_zero(bits));
}

} // namespace

GhostLayers::GhostLayers(const KnownBricks& known) : known_(known)
{
    for (std::int32_t b = 0; b < known.owned(); ++b)
        for_each_neighbour(known, b, [&](const Position& offset, std::int32_t n) {
            if (n < known.owned()) return;
            const Position back{-offset.x, -offset.y, -offset.z};
            sent_.push_back({known.owner(n), b, layer_towards(known, b, offset)});
            received_.push_back({known.owner(n), n, layer_towards(known, n, back)});
        });
    const auto before = [&](const Layer& a, const Layer& b) {
        return std::pair(a.rank, known.index_at_owner(a.brick)) < std::pair(b.rank, known.index_at_owner(b.brick));
    };
    for (auto* layers : {&sent_, &received_}) {
        std::stable_sort(layers->begin(), layers->end(), before);
        std::vector<Layer> united; // what several neighbours of the same rank see goes once
        for (const auto& layer : *layers) {
            if (united.empty() || united.back().rank != layer.rank || united.back().brick != layer.brick)
                united.push_back(layer);
            else
                for (std::size_t r = 0; r < layer.mask.row.size(); ++r) united.back().mask.row[r] |= layer.mask.row[r];
        }
        *layers = std::move(united);
    }
}

template <class Level>
void GhostLayers::fill(Tiles<Level>& tiles) const
{
    const auto& comm = known_.pores().comm();
    std::vector<std::vector<Level>> outgoing(comm.size());
    for (const auto& layer : sent_)
        for_each_voxel(layer.mask, [&](int voxel) { outgoing[layer.rank].push_back(tiles[layer.brick][voxel]); });
    const auto incoming = comm.exchange_all(outgoing);
    std::vector<std::size_t> next(comm.size(), 0);
    for (const auto& layer : received_)
        for_each_voxel(layer.mask, [&](int voxel) { tiles[layer.brick][voxel] = incoming[layer.rank][next[layer.rank]++]; });
}

template <class Level>
void gather_shell(const KnownBricks& known, const Tiles<Level>& tiles, std::int32_t brick, morphology::Shell<Level>& shell)
{
    shell.level.fill(0);
    const auto extent = known.extent(brick);
    const auto copy = [&](const Position& offset, std::int32_t from) {
        const auto there = known.extent(from);
        const auto at = [](std::int64_t direction, int own, int coordinate) {
            return direction == 0 ? coordinate : direction < 0 ? -1 : own;
        };
        // what that brick shows towards this one
        const auto x = seen(-offset.x, there[0]), y = seen(-offset.y, there[1]), z = seen(-offset.z, there[2]);
        for (int k = z.first; k < z.last; ++k)
            for (int j = y.first; j < y.last; ++j)
                std::copy_n(tiles[from] + (k * edge + j) * edge + x.first, x.last - x.first,
                            shell.row(at(offset.y, extent[1], j), at(offset.z, extent[2], k)) +
                                at(offset.x, extent[0], x.first));
    };
    copy({0, 0, 0}, brick);
    for_each_neighbour(known, brick, copy);
}

template void GhostLayers::fill(Tiles<std::uint16_t>&) const;
template void GhostLayers::fill(Tiles<std::uint32_t>&) const;
template void GhostLayers::fill(Tiles<std::uint64_t>&) const;
template void gather_shell(const KnownBricks&, const Tiles<std::uint16_t>&, std::int32_t, morphology::Shell<std::uint16_t>&);
template void gather_shell(const KnownBricks&, const Tiles<std::uint32_t>&, std::int32_t, morphology::Shell<std::uint32_t>&);
template void gather_shell(const KnownBricks&, const Tiles<std::uint64_t>&, std::int32_t, morphology::Shell<std::uint64_t>&);

} // namespace lapilli::geometry
