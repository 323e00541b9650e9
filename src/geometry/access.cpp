// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/access.hpp"

#include "morphology/widest_paths.hpp"

#include <algorithm>
#include <bit>

namespace lapilli::geometry {

namespace {

using morphology::TileLinks;

/// What lies beyond the faces of each own brick; the tile behind all known ones where nothing does.
std::vector<TileLinks> links_of(const KnownBricks& known, std::optional<Axis> closed)
{
    std::vector<TileLinks> links(known.owned());
    for (std::int32_t b = 0; b < known.owned(); ++b) {
        links[b].extent = known.extent(b);
        for (int face = 0; face < brick::faces; ++face) {
            const Axis axis = all_axes[face / 2];
            auto place = known.place(b);
            auto& along = axis == Axis::x ? place.x : axis == Axis::y ? place.y : place.z;
            along += face % 2 == 0 ? -1 : 1;
            const bool leaves = along < 0 || along >= known.grid().along(axis);
            const auto inside = leaves && closed == axis ? std::nullopt : known.grid().inside(place);
            const auto neighbour = inside ? known.at(*inside) : KnownBricks::solid;
            links[b].beyond[face] = neighbour >= 0 ? neighbour : known.size();
            if (face % 2 == 0 && neighbour >= 0) links[b].extent_below[face / 2] = known.extent(neighbour)[face / 2];
        }
    }
    return links;
}

/// A voxel of another rank, as that rank numbers it.
template <class Level>
struct Raise {
    std::uint32_t voxel;
    Level level;
};

} // namespace

Voxels pores_in_face(const KnownBricks& known, Axis axis, bool upper)
{
    Voxels voxels;
    const int face = 2 * index(axis) + (upper ? 1 : 0);
    for (std::int32_t b = 0; b < known.owned(); ++b) {
        const auto p = known.place(b);
        const auto along = axis == Axis::x ? p.x : axis == Axis::y ? p.y : p.z;
        if (along != (upper ? known.grid().along(axis) - 1 : 0)) continue;
        const auto layer = brick::face_layer(known.pores().owned_bricks()[b], face);
        for (int r = 0; r < brick::rows; ++r)
            for (unsigned bits = layer.row[r]; bits != 0; bits &= bits - 1)
                voxels.push_back(b * tile_voxels + r * brick::edge + std::countr_zero(bits));
    }
    return voxels;
}

template <class Level>
Tiles<Level> widest_access(const KnownBricks& known, const GhostLayers& ghosts, Tiles<Level> widths, const Voxels& seeds,
                           std::optional<Axis> closed)
{
    const auto& comm = known.pores().comm();
    const std::size_t tiles = known.size() + 1; // the last one is empty
    widths.resize(tiles);
    ghosts.fill(widths);
    Tiles<Level> access(tiles);
    const auto& values = widths.values();
    const Level top = *std::max_element(values.begin(), values.end());
    const auto links = links_of(known, closed);
    morphology::WidestPaths<Level> paths(links, values.data(), access.values().data(), top);
    for (const auto seed : seeds) paths.raise(seed, top);
    for (bool quiet = false; !quiet;) {
        std::vector<std::vector<Raise<Level>>> outgoing(comm.size());
        const auto raised = paths.settle();
        for (const auto voxel : raised) {
            const auto brick = voxel / tile_voxels;
            const std::uint32_t there = known.index_at_owner(brick) * tile_voxels + voxel % tile_voxels;
            outgoing[known.owner(brick)].push_back({there, access.values()[voxel]});
        }
        for (const auto& from : comm.exchange_all(outgoing))
            for (const auto& [voxel, level] : from) paths.raise(voxel, level);
        quiet = !comm.any(!raised.empty());
    }
    access.resize(known.owned());
    return access;
}

template Tiles<std::uint16_t> widest_access(const KnownBricks&, const GhostLayers&, Tiles<std::uint16_t>, const Voxels&,
                                            std::optional<Axis>);
template Tiles<std::uint32_t> widest_access(const KnownBricks&, const GhostLayers&, Tiles<std::uint32_t>, const Voxels&,
                                            std::optional<Axis>);

} // namespace lapilli::geometry
