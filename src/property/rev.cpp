// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/rev.hpp"

#include "geometry/distance.hpp"
#include "geometry/minkowski.hpp"
#include "geometry/painting.hpp"
#include "property/length_field.hpp"
#include "property/pieces.hpp"
#include "property/sample_blocks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lapilli::property {

namespace {

/// What the voxels of a brick add up to.
struct BrickSum {
    std::uint64_t code;
    double pores, surface, radii;
};

/// Of each own brick, the sum of the radii of its pores (local thickness) [shortest edges].
std::vector<double> radii_by_brick(const image::PoreSpace& pores, const geometry::KnownBricks& known,
                                   const morphology::Weights& weights)
{
    const geometry::GhostLayers ghosts(known);
    return std::visit(
        [&]<class Level>(geometry::Tiles<Level>&& distances) {
            const auto radii = lengths_at_pores(pores, paint_balls(known, ghosts, std::move(distances), weights), weights);
            std::vector<double> sums;
            for (const auto& brick : pores.owned_bricks()) {
                double sum = 0;
                for (int i = 0; i < brick.pores; ++i) sum += radii[brick.first + i];
                sums.push_back(sum);
            }
            return sums;
        },
        geometry::squared_distances(pores, weights));
}

/// Of all bricks of the image that have pores, on every rank.
std::vector<BrickSum> sums_of(const image::PoreSpace& pores, const std::optional<morphology::Weights>& weights)
{
    const geometry::KnownBricks known(pores, 1);
    const auto surface = geometry::surface_by_brick(known);
    const auto radii = weights ? radii_by_brick(pores, known, *weights) : std::vector<double>(surface.size());
    std::vector<BrickSum> own;
    for (std::size_t b = 0; b < surface.size(); ++b) {
        const auto& brick = pores.owned_bricks()[b];
        own.push_back({brick.code, 1.0 * brick.pores, surface[b], radii[b]});
    }
    return pores.comm().gather_all(std::span<const BrickSum>(own));
}

/// The bricks that are full of voxels; one along the normal of an image one voxel thick.
PerAxis<std::int64_t> full_bricks(const Shape& shape)
{
    const auto normal = normal_of_plane(shape);
    PerAxis<std::int64_t> bricks{};
    for (const Axis axis : all_axes) bricks[axis] = axis == normal ? 1 : shape.along(axis) / brick::edge;
    return bricks;
}

/// 1, 2, 3, 4, 6, 8, 12, 16, ... up to half of the shortest extent, in bricks.
std::vector<std::int64_t> edges_for(const PerAxis<std::int64_t>& bricks)
{
    std::int64_t shortest = 0;
    for (const Axis axis : all_axes)
        if (bricks[axis] > 1 && (shortest == 0 || bricks[axis] < shortest)) shortest = bricks[axis];
    std::vector<std::int64_t> edges;
    for (std::int64_t power = 1; 2 * power <= shortest; power *= 2) {
        edges.push_back(power);
        if (power > 1 && 3 * power <= shortest) edges.push_back(power * 3 / 2);
    }
    return edges;
}

/// Porosity, surface and radius, of all cubes.
void measure_shape(const image::PoreSpace& pores, const RevOptions& options, const std::vector<std::int64_t>& edges,
                   Rev& rev)
{
    const auto bricks = full_bricks(pores.shape());
    const auto all = bricks[Axis::x] * bricks[Axis::y] * bricks[Axis::z];
    const auto voxels = 1.0 * pores.shape().voxels();
    const bool plane = normal_of_plane(pores.shape()).has_value();
    const double full = plane ? brick::rows : brick::rows * brick::edge;
    std::vector<double> pore(all), surface(all), radius(all), volume(all, full), cells(all, full);
    for (const auto& sum : sums_of(pores, options.weights)) {
        const auto p = brick::from_morton(sum.code);
        if (p.x >= bricks[Axis::x] || p.y >= bricks[Axis::y] || p.z >= bricks[Axis::z]) continue;
        const auto i = (p.z * bricks[Axis::y] + p.y) * bricks[Axis::x] + p.x;
        pore[i] = sum.pores;
        surface[i] = sum.surface;
        radius[i] = sum.radii;
    }
    if (pores.beyond() == Boundary::sealed) // beyond the last voxels are no cells
        for (std::int64_t i = 0; i < all; ++i) {
            const PerAxis<std::int64_t> place{i % bricks[Axis::x], i / bricks[Axis::x] % bricks[Axis::y],
                                              i / bricks[Axis::x] / bricks[Axis::y]};
            for (const Axis axis : all_axes)
                if ((place[axis] + 1) * brick::edge == pores.shape().along(axis)) cells[i] *= 15.0 / 16;
        }
    const double volume_of_voxel =
        pores.edges().along(Axis::x) * pores.edges().along(Axis::y) * pores.edges().along(Axis::z);
    for (auto& cell : cells) cell *= volume_of_voxel;
    const auto add = [&](const char* quantity, const char* unit, const BrickRatio& ratio) {
        Rev::Series series{.quantity = quantity, .unit = unit, .image_voxels = voxels};
        for (const auto edge : edges) series.sizes.push_back(spread_of(ratio, bricks, edge));
        series.fall = fall_of(series.sizes);
        rev.series.push_back(std::move(series));
    };
    add("porosity", "1", {pore, volume});
    if (!plane) add("specific_surface", "1/voxel", {surface, cells});
    if (options.weights) add("mean_radius", "voxel", {radius, pore});
}

BlockValues solve_cubes(Run& run, const image::PoreSpace& pores, const GridProperty& property, std::int64_t edge)
{
    const auto cubes = spread_blocks(pores.shape(), edge, most_blocks);
    BlockValues all{.edge_voxels = edge * brick::edge};
    std::vector<Piece> pieces;
    for (std::size_t cube = 0; cube < cubes.size(); ++cube)
        pieces.push_back(
            {fmt::format("{} of cube {} of {}, {} voxels wide", property.name, cube + 1, cubes.size(), all.edge_voxels),
             &pores, cubes[cube]});
    for (const auto& found : solve_pieces(run, property, pieces)) all.add(found);
    return all;
}

/// What is solved, of cubes that lie apart.
void measure_solves(Run& run, const image::PoreSpace& pores, const RevOptions::Solve& solve,
                    const std::vector<std::int64_t>& edges, Rev& rev)
{
    constexpr std::int64_t narrowest = 2, widest = 16; // bricks; narrower cubes are all wall
    const auto& property = solve.property;
    PerAxis<Rev::Series> along;
    for (const auto edge : edges) {
        if (edge < narrowest || edge > widest) continue;
        const bool known = solve.known.edge_voxels == edge * brick::edge;
        const auto solved = known ? solve.known : solve_cubes(run, pores, property, edge);
        const double voxels = image::Block{{}, edge, normal_of_plane(pores.shape())}.shape().voxels();
        for (const Axis axis : all_axes)
            along[axis].sizes.push_back(spread_of(solved.values[axis], solved.edge_voxels, voxels));
    }
    for (const Axis axis : all_axes) {
        auto& series = along[axis];
        if (std::ranges::all_of(series.sizes, [](const auto& size) { return size.mean == 0; })) continue;
        series.quantity = property.name;
        series.axis = axis;
        series.unit = property.name == "permeability" ? "voxel²" : "1";
        series.image_voxels = 1.0 * pores.shape().voxels();
        series.fall = fall_of(series.sizes);
        rev.series.push_back(std::move(series));
    }
}

} // namespace

std::optional<double> Rev::Series::image_error() const
{
    return fall ? std::optional(2 * fall->deviation_of(image_voxels)) : std::nullopt;
}

std::optional<double> Rev::Series::needed_edge() const
{
    if (!fall) return std::nullopt;
    // cubes of a plane are squares
    const bool plane = sizes.back().voxels < std::pow(1.0 * sizes.back().edge_voxels, 2.5);
    const double dimensions = plane ? 2 : 3, voxels = fall->voxels_for(wanted / 2);
    constexpr double farthest = 10; // edges of the image: a line that hardly falls says nothing beyond
    if (!(voxels <= std::pow(farthest, dimensions) * image_voxels)) return std::nullopt;
    return std::pow(voxels, 1 / dimensions);
}

std::optional<bool> Rev::Series::representative() const
{
    const auto error = image_error();
    return error ? std::optional(*error <= wanted) : std::nullopt;
}

bool Rev::large_enough(const Shape& shape) { return edges_for(full_bricks(shape)).size() > 1; }

Rev measure_rev(Run& run, const image::PoreSpace& pores, const RevOptions& options)
{
    const auto edges = edges_for(full_bricks(pores.shape()));
    Rev rev;
    run.watch.start("rev");
    measure_shape(pores, options, edges, rev);
    for (const auto& solve : options.solves) measure_solves(run, pores, solve, edges, rev);
    run.watch.stop();
    return rev;
}

} // namespace lapilli::property
