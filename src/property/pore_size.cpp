// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/pore_size.hpp"

#include "geometry/access.hpp"
#include "geometry/distance.hpp"
#include "geometry/minkowski.hpp"
#include "geometry/painting.hpp"
#include "image/mean_chord.hpp"
#include "property/size_histogram.hpp"

#include <algorithm>
#include <cmath>

namespace lapilli::property {

namespace {

using geometry::KnownBricks;
using geometry::Tiles;

/// Radii of whole voxels alone.
template <class Level>
void round_down(Tiles<Level>& levels)
{
    for (auto& level : levels.values()) {
        const auto whole = static_cast<Level>(std::sqrt(1.0 * level));
        level = whole * whole;
    }
}

template <class Level>
void add(Tiles<Level>& levels, int what)
{
    for (auto& level : levels.values())
        if (level > 0) level += what;
}

/// Squared radii, by a convention.
template <class Level>
Tiles<Level> radii(const KnownBricks& known, const geometry::GhostLayers& ghosts, Tiles<Level> distances,
                   const morphology::Weights& weights, Convention convention)
{
    if (convention == Convention::porespy) round_down(distances);
    if (convention != Convention::imagej) return paint_balls(known, ghosts, std::move(distances), weights);
    add(distances, 1); // |x - c|² <= s is |x - c|² < s + 1
    auto painted = paint_balls(known, ghosts, std::move(distances), weights);
    add(painted, -1);
    return painted;
}

void measure_surface(const KnownBricks& known, PoreSize& size)
{
    const auto [total, voxels, fabric] = geometry::functionals(known);
    if (voxels == 0) return;
    const auto& edges = known.pores().edges();
    const double volume = voxels * edges.along(Axis::x) * edges.along(Axis::y) * edges.along(Axis::z);
    size.densities = {total.surface / volume, total.curvature / volume, total.euler_6 / volume, total.euler_26 / volume};
    size.fabric = fabric;
}

double mean_length(const std::vector<std::int64_t>& count, const morphology::Weights& weights, std::int64_t voxels)
{
    double sum = 0;
    for (std::size_t level = 1; level < count.size(); ++level)
        if (count[level] > 0) sum += 1.0 * count[level] * length_of(1.0 * level, weights);
    return voxels > 0 ? sum / voxels : 0;
}

} // namespace

double PoreSize::mean_radius() const
{
    double sum = 0;
    for (const auto& [radius, count] : classes) sum += radius * count;
    return voxels > 0 ? sum / voxels : 0;
}

double PoreSize::percentile(double share) const
{
    std::int64_t below = 0;
    for (const auto& [radius, count] : classes) {
        below += count;
        if (1.0 * below >= share * voxels) return radius;
    }
    return 0;
}

std::optional<morphology::Weights> weights_of(const EdgeRatios& edges)
{
    constexpr int largest = 16;
    constexpr double rounding = 1e-6; // of edges that people write with a few digits
    for (int unit = 1; unit <= largest; ++unit) {
        morphology::Weights weights;
        bool fits = true;
        for (const Axis axis : all_axes) {
            const double square = unit * edges.along(axis) * edges.along(axis), whole = std::round(square);
            fits = fits && whole <= largest && std::abs(square - whole) <= rounding * square;
            weights.squared_edge[index(axis)] = static_cast<int>(std::min(whole, 1.0 * largest));
        }
        if (fits) return weights;
    }
    return std::nullopt;
}

PoreSize measure_pore_size(const image::PoreSpace& part, const morphology::Weights& weights, Convention convention,
                           const TakeLengths& take_field)
{
    PoreSize size;
    size.boundary = part.beyond();
    size.convention = convention;
    size.voxels = part.total_pores();
    const auto chords = image::mean_chords(part);
    auto lines = geometry::line_statistics(part);
    for (const Axis axis : all_axes) {
        size.axes[axis].mean_chord = chords[axis] * part.edges().along(axis);
        size.axes[axis].lines = std::move(lines[axis]);
    }
    const KnownBricks known(part, 1);
    const geometry::GhostLayers ghosts(known);
    measure_surface(known, size);
    auto distances = geometry::squared_distances(part, weights);
    std::visit(
        [&]<class Level>(Tiles<Level>& tiles) {
            size.mean_distance = mean_length(histogram(part, tiles), weights, size.voxels);
            for (const Axis axis : all_axes)
                size.axes[axis].critical_radius = length_of(geometry::critical_level(known, ghosts, tiles, axis), weights);
            if (take_field) take_field(distance_field, part, lengths_at_pores(part, tiles, weights));
            const auto painted = radii(known, ghosts, std::move(tiles), weights, convention);
            if (take_field) take_field(thickness_field, part, lengths_at_pores(part, painted, weights));
            const auto count = histogram(part, painted);
            for (std::size_t level = 1; level < count.size(); ++level)
                if (count[level] > 0) size.classes.push_back({length_of(1.0 * level, weights), count[level]});
        },
        distances);
    return size;
}

} // namespace lapilli::property
