// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/access.hpp"

#include "morphology/widest_paths.hpp"

#include <algorithm>
#include <bit>
#include <utility>

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

/// The widest ways through the bricks of all ranks, in steps that these agree upon.
template <class Level>
class Search {
public:
    /// @param widths  of the own bricks
    Search(const KnownBricks& known, const GhostLayers& ghosts, Tiles<Level> widths, std::optional<Axis> closed)
        : known_(known), widths_(std::move(widths)), access_(known.size() + 1), links_(links_of(known, closed))
    {
        widths_.resize(known.size() + 1); // the last one is empty
        ghosts.fill(widths_);
        const auto& values = widths_.values();
        top_ = *std::max_element(values.begin(), values.end());
        paths_.emplace(links_, values.data(), access_.values().data(), top_);
    }
    void begin(const Voxels& seeds)
    {
        for (const auto seed : seeds) paths_->raise(seed, top_);
    }
    /// Follows ways wider than `down_to`, and tells other ranks. Whether any rank has told something.
    bool advance(Level down_to = 0);
    Level access(std::uint32_t voxel) const { return access_.values()[voxel]; }
    Tiles<Level> take_access()
    {
        access_.resize(known_.owned());
        return std::move(access_);
    }

private:
    const KnownBricks& known_;
    Tiles<Level> widths_, access_;
    std::vector<TileLinks> links_;
    Level top_ = 0;
    std::optional<morphology::WidestPaths<Level>> paths_;
};

template <class Level>
bool Search<Level>::advance(Level down_to)
{
    const auto& comm = known_.pores().comm();
    std::vector<std::vector<Raise<Level>>> outgoing(comm.size());
    const auto raised = paths_->settle(down_to);
    for (const auto voxel : raised) {
        const auto brick = voxel / tile_voxels;
        const std::uint32_t there = known_.index_at_owner(brick) * tile_voxels + voxel % tile_voxels;
        outgoing[known_.owner(brick)].push_back({there, access(voxel)});
    }
    for (const auto& from : comm.exchange_all(outgoing))
        for (const auto& [voxel, level] : from) paths_->raise(voxel, level);
    return comm.any(!raised.empty());
}

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
    Search<Level> search(known, ghosts, std::move(widths), closed);
    search.begin(seeds);
    while (search.advance()) {
    }
    return search.take_access();
}

template <class Level>
Level critical_level(const KnownBricks& known, const GhostLayers& ghosts, const Tiles<Level>& widths, Axis axis)
{
    const auto& comm = known.pores().comm();
    Search<Level> search(known, ghosts, Tiles<Level>(widths, known.size() + 1), axis);
    search.begin(pores_in_face(known, axis, false));
    const auto outlet = pores_in_face(known, axis, true);
    const auto found = [&] { // the widest way to the outlet so far
        Level widest = 0;
        for (const auto voxel : outlet) widest = std::max(widest, search.access(voxel));
        return static_cast<Level>(comm.max(std::int64_t{widest}));
    };
    // Level by level in steps of a quarter, so that most of the narrower ways are never followed.
    const auto& values = widths.values();
    const Level own_top = values.empty() ? Level{0} : *std::max_element(values.begin(), values.end());
    Level critical = 0, down_to = comm.max(std::int64_t{own_top});
    while (critical == 0 && down_to > 0) {
        down_to -= std::max<Level>(1, down_to / 4);
        while (search.advance(std::max(critical, down_to))) critical = found();
        critical = found();
    }
    return critical;
}

template Tiles<std::uint16_t> widest_access(const KnownBricks&, const GhostLayers&, Tiles<std::uint16_t>, const Voxels&,
                                            std::optional<Axis>);
template Tiles<std::uint32_t> widest_access(const KnownBricks&, const GhostLayers&, Tiles<std::uint32_t>, const Voxels&,
                                            std::optional<Axis>);
template std::uint16_t critical_level(const KnownBricks&, const GhostLayers&, const Tiles<std::uint16_t>&, Axis);
template std::uint32_t critical_level(const KnownBricks&, const GhostLayers&, const Tiles<std::uint32_t>&, Axis);

} // namespace lapilli::geometry
