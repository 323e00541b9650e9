// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/distance.hpp"

#include "geometry/at_pores.hpp"
#include "morphology/distance.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

namespace lapilli::geometry {

namespace {

using brick::edge;
using morphology::far_away;

/// The three passes of the squared distance on the bricks that a rank knows. A distance that they find is that to a solid
/// voxel, though perhaps not to the closest if that lies beyond the rings.
template <class Level>
class Passes {
public:
    Passes(const KnownBricks& known, const morphology::Weights& weights, int rings)
        : known_(known), weights_(weights), rings_(rings), along_x_(known.size()), along_y_(known.size())
    {
    }

    /// Of the own bricks.
    Tiles<Level> run()
    {
        mark();
        Tiles<Level> in_rows(count(along_x_)), in_planes(count(along_y_));
        for (std::int32_t b = 0; b < known_.size(); ++b)
            if (along_x_[b] >= 0) pass_along_x(b, in_rows[along_x_[b]]);
        for (std::int32_t b = 0; b < known_.size(); ++b)
            if (along_y_[b] >= 0) pass_across(b, Axis::y, in_rows, along_x_, in_planes[along_y_[b]]);
        for (std::int32_t b = 0; b < known_.owned(); ++b) pass_across(b, Axis::z, in_planes, along_y_, in_rows[b]);
        in_planes = Tiles<Level>();
        in_rows.resize(known_.owned());
        return in_rows;
    }

private:
    /// Where the result of a pass stands, of each known brick; -1: nobody asks for it.
    using Slots = std::vector<std::int32_t>;
    static std::size_t count(const Slots& slots)
    {
        return slots.empty() ? 0 : *std::max_element(slots.begin(), slots.end()) + 1;
    }

    void mark();
    void pass_along_x(std::int32_t b, Level* to) const;
    std::int64_t solid_beyond(brick::Position place, int row, int step) const;
    void pass_across(std::int32_t b, Axis axis, const Tiles<Level>& from, const Slots& slots, Level* to);
    void find_lines(std::int32_t b, Axis axis, int reach, const Tiles<Level>& from, const Slots& slots);
    void add_lines(brick::Position place, Axis axis, int step, int reach, const Tiles<Level>& from, const Slots& slots);

    const KnownBricks& known_;
    morphology::Weights weights_;
    int rings_;
    Slots along_x_, along_y_;
    /// Of a pass: the tile that has each layer of the lines, and which layer of it; no tile: all solid, or far away.
    struct Layer {
        const Level* tile;
        int place;
        Level otherwise;
    };
    std::vector<Layer> layers_, towards_;
    std::vector<Level> strip_;
};

/// The last pass is for the own bricks, and asks for that along y above and below them, which asks for that along x beside.
template <class Level>
void Passes<Level>::mark()
{
    std::fill(along_x_.begin(), along_x_.end(), -1);
    std::fill(along_y_.begin(), along_y_.end(), -1);
    std::int32_t rows = known_.owned(), planes = 0;
    for (std::int32_t b = 0; b < known_.owned(); ++b) along_x_[b] = b; // their places take the distance in the end
    const auto want = [&](Slots& slots, std::int32_t& next, brick::Position place) {
        const auto inside = known_.grid().inside(place);
        const auto b = inside ? known_.at(*inside) : KnownBricks::solid;
        if (b >= 0 && slots[b] < 0) slots[b] = next++;
    };
    if (known_.complete()) {
        std::iota(along_x_.begin(), along_x_.end(), 0);
        along_y_ = along_x_;
        return;
    }
    const std::int64_t high = std::min<std::int64_t>(rings_, known_.grid().along(Axis::z)),
                       wide = std::min<std::int64_t>(rings_, known_.grid().along(Axis::y));
    for (std::int32_t b = 0; b < known_.owned(); ++b)
        for (auto z = -high; z <= high; ++z) {
            const auto& p = known_.place(b);
            want(along_y_, planes, {p.x, p.y, p.z + z});
            for (auto y = -wide; y <= wide; ++y) want(along_x_, rows, {p.x, p.y + y, p.z + z});
        }
}

template <class Level>
void Passes<Level>::pass_along_x(std::int32_t b, Level* to) const
{
    const auto& place = known_.place(b);
    const auto& mask = known_.mask(b);
    const int extent = known_.extent(b)[0];
    const unsigned inside = (1U << extent) - 1;
    for (int r = 0; r < brick::rows; ++r) {
        const unsigned pores = mask.row[r];
        if (pores == 0) {
            std::fill(to + r * edge, to + (r + 1) * edge, Level{0});
            continue;
        }
        morphology::RowEnds ends; // an end that is solid itself has nothing to ask
        if ((pores & 1) != 0) ends.before = -solid_beyond(place, r, -1);
        if ((pores & (inside ^ inside >> 1)) != 0) ends.after = extent - 1 + solid_beyond(place, r, 1);
        morphology::row_distances<Level>(mask.row[r], extent, ends, weights_.squared_edge[0], to + r * edge);
    }
}

/// How many voxels beyond the end of a row of a brick the next solid voxel is.
template <class Level>
std::int64_t Passes<Level>::solid_beyond(brick::Position place, int row, int step) const
{
    const auto& grid = known_.grid();
    std::int64_t passed = 0;
    const auto last = std::min<std::int64_t>(rings_, grid.along(Axis::x));
    for (std::int64_t k = 0; k < last; ++k) {
        place.x += step;
        const auto inside = grid.inside(place);
        if (!inside) break;
        const auto b = known_.at(*inside);
        if (b == KnownBricks::unknown) break;
        if (b == KnownBricks::solid) return passed + 1;
        const int extent = grid.extent(inside->x, Axis::x);
        const unsigned solid = ~unsigned{known_.mask(b).row[row]} & ((1U << extent) - 1);
        if (solid != 0) return passed + 1 + (step > 0 ? std::countr_zero(solid) : extent - std::bit_width(solid));
        passed += extent;
    }
    return morphology::RowEnds::nowhere;
}

/// Along y or z: 16 planes, in each of which x runs across 16 lines.
template <class Level>
void Passes<Level>::pass_across(std::int32_t b, Axis axis, const Tiles<Level>& from, const Slots& slots, Level* to)
{
    const int along = axis == Axis::y ? edge : edge * edge, plane = axis == Axis::y ? edge * edge : edge;
    const int weight = weights_.squared_edge[index(axis)], extent = known_.extent(b)[index(axis)];
    const Level* own = from[slots[b]];
    std::array<Level, edge> largest{};
    for (int p = 0; p < edge; ++p)
        for (int i = 0; i < extent; ++i)
            for (int x = 0; x < edge; ++x) largest[p] = std::max(largest[p], own[p * plane + i * along + x]);
    // beyond the rings, or the image, nothing is known
    const auto known = std::min(std::int64_t{rings_} * edge, known_.grid().shape().along(axis));
    const auto reach_of = [&](Level level) {
        return static_cast<int>(std::min<std::int64_t>(morphology::reach_of(level, weight), known));
    };
    const int most = reach_of(*std::max_element(largest.begin(), largest.end()));
    find_lines(b, axis, most, from, slots);
    for (int p = 0; p < edge; ++p) {
        const int reach = reach_of(largest[p]);
        strip_.resize((extent + 2 * reach) * edge);
        Level* strip = strip_.data();
        for (int i = -reach; i < extent + reach; ++i, strip += edge) {
            const auto& [tile, layer, otherwise] = layers_[i + most];
            if (tile == nullptr)
                std::fill(strip, strip + edge, otherwise);
            else
                std::copy_n(tile + p * plane + layer * along, edge, strip);
        }
        morphology::spread_across(strip_.data(), extent, reach, weight, to + p * plane, along);
        for (int i = extent; i < edge; ++i) std::fill_n(to + p * plane + i * along, edge, Level{0});
    }
}

/// The layers from `reach` before a brick to `reach` after it.
template <class Level>
void Passes<Level>::find_lines(std::int32_t b, Axis axis, int reach, const Tiles<Level>& from, const Slots& slots)
{
    layers_.clear();
    towards_.clear();
    add_lines(known_.place(b), axis, -1, reach, from, slots);
    layers_.assign(towards_.rbegin(), towards_.rend());
    for (int i = 0; i < known_.extent(b)[index(axis)]; ++i) layers_.push_back({from[slots[b]], i, 0});
    towards_.clear();
    add_lines(known_.place(b), axis, 1, reach, from, slots);
    layers_.insert(layers_.end(), towards_.begin(), towards_.end());
}

template <class Level>
void Passes<Level>::add_lines(brick::Position place, Axis axis, int step, int reach, const Tiles<Level>& from,
                              const Slots& slots)
{
    const auto& grid = known_.grid();
    auto& along = axis == Axis::y ? place.y : place.z;
    for (int ring = 0; ring < rings_ && std::ssize(towards_) < reach; ++ring) {
        along += step;
        const auto inside = grid.inside(place);
        const auto b = inside ? known_.at(*inside) : KnownBricks::unknown;
        if (b == KnownBricks::unknown) break;
        const int extent = grid.extent(axis == Axis::y ? inside->y : inside->z, axis);
        const Level* tile = b >= 0 ? from[slots[b]] : nullptr;
        for (int i = 0; i < extent && std::ssize(towards_) < reach; ++i)
            towards_.push_back({tile, step > 0 ? i : extent - 1 - i, 0});
    }
    while (std::ssize(towards_) < reach) towards_.push_back({nullptr, 0, far_away<Level>});
}

/// How far along the axis everything is known, in voxels from any voxel of an own brick.
std::int64_t known_depth(const brick::Grid& grid, Axis axis, int rings)
{
    const auto across_border = grid.periodic() ? grid.extent(grid.along(axis) - 1, axis) : edge;
    return std::int64_t{rings - 1} * edge + across_border;
}

/// Up to which squared distance nothing closer can lie beyond the rings.
std::int64_t certain_up_to(const KnownBricks& known, const morphology::Weights& weights, int rings)
{
    auto certain = std::numeric_limits<std::int64_t>::max();
    if (known.complete()) return certain;
    for (const Axis axis : all_axes) {
        const auto depth = known_depth(known.grid(), axis, rings) + 1;
        certain = std::min(certain, weights.squared_edge[index(axis)] * depth * depth);
    }
    return certain;
}

/// The largest squared distance of a pore whose neighbours, which may be outside the sample, are all within `level`.
std::int64_t within_reach(std::int64_t level, const morphology::Weights& weights)
{
    const double step = std::sqrt(1.0 * weights.squared_length(1, 1, 1)), length = std::sqrt(1.0 * level) - step;
    return length > 0 ? static_cast<std::int64_t>(length * length) - 1 : 0; // 1 for what is rounded
}

/// Whether a pore of any rank has a value that is larger than `level`, or may have a neighbour outside the sample that has.
template <class Level>
bool any_above(const image::PoreSpace& pores, const Tiles<Level>& open, std::int64_t level,
               const morphology::Weights& weights)
{
    const auto above = [](const Tiles<Level>& tiles, std::int64_t limit) {
        return limit < far_away<Level> &&
               std::ranges::any_of(tiles.values(), [limit](Level value) { return value > limit; });
    };
    return pores.comm().any(pores.all_sample() ? above(open, level)
                                               : above(at_pores(pores, open), within_reach(level, weights)));
}

template <class Level>
Tiles<Level> distances_in(const image::PoreSpace& pores, const morphology::Weights& weights)
{
    for (int rings = 1;; rings = rings < 4 ? 2 * rings : KnownBricks::all_rings) {
        const KnownBricks known(pores.open(), rings);
        const int used = known.complete() ? KnownBricks::all_rings : rings;
        auto tiles = Passes<Level>(known, weights, used).run();
        if (!any_above(pores, tiles, certain_up_to(known, weights, rings), weights)) return tiles;
    }
}

} // namespace

Distances open_distances(const image::PoreSpace& pores, const morphology::Weights& weights)
{
    auto tiles = distances_in<std::uint16_t>(pores, weights);
    if (!any_above(pores, tiles, far_away<std::uint16_t> - 1, weights)) return tiles;
    tiles = Tiles<std::uint16_t>();
    return distances_in<std::uint32_t>(pores, weights);
}

Distances squared_distances(const image::PoreSpace& pores, const morphology::Weights& weights)
{
    return std::visit([&](auto&& tiles) -> Distances { return at_pores(pores, std::move(tiles)); },
                      open_distances(pores, weights));
}

} // namespace lapilli::geometry
