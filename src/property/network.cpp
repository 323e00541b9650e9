// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/network.hpp"

#include "geometry/ascent.hpp"
#include "geometry/at_pores.hpp"
#include "geometry/basins.hpp"
#include "geometry/distance.hpp"
#include "network/merge.hpp"
#include "network/potential.hpp"

#include <array>

namespace lapilli::property {

namespace {

using geometry::Basins;
using geometry::KnownBricks;
using geometry::Tiles;
using network::Conductance;
using network::Link;
using network::Port;

/// What flows through the network for a difference of 1 along an axis: from face to face of a sealed image, or in a periodic
/// one for a fall of 1 in each repetition.
double flux(const network::Network& parts, Boundary boundary, Axis axis, double Conductance::*kind)
{
    const int k = index(axis);
    std::vector<Link> links;
    for (const auto& t : parts.throats) links.push_back({t.a, t.b, t.conductance.*kind, 1.0 * t.steps[k]});
    if (boundary == Boundary::sealed) {
        std::vector<Port> ports;
        for (const auto& inlet : parts.inlets)
            if (inlet.face / 2 == k) ports.push_back({inlet.pore, inlet.conductance.*kind, inlet.face % 2 == 0 ? 1.0 : 0.0});
        return inflow(potentials(parts.pores.size(), links, ports), ports, 1);
    }
    const auto u = potentials(parts.pores.size(), links, {});
    double energy = 0;
    for (const auto& [a, b, conductance, gain] : links) {
        const double fall = u[a] - u[b] + gain;
        energy += conductance * fall * fall;
    }
    return energy;
}

double mean_radius(const auto& items)
{
    double sum = 0;
    for (const auto& item : items) sum += item.radius;
    return items.empty() ? 0 : sum / static_cast<double>(items.size());
}

/// What the network itself says, on the rank that has it.
void describe(PoreNetwork& result, const image::Connectivity& connectivity, double sample_share)
{
    result.pores = std::ssize(result.parts.pores);
    result.throats = std::ssize(result.parts.throats);
    result.mean_radius = mean_radius(result.parts.pores);
    result.mean_throat_radius = mean_radius(result.parts.throats);
    const auto& edges = result.edges;
    const double volume = sample_share * result.shape.voxels() * edges[Axis::x] * edges[Axis::y] * edges[Axis::z];
    for (const Axis axis : all_axes) {
        auto& along = result.axes[axis];
        along.percolates = connectivity.percolates(axis);
        if (!along.percolates) continue; // basins may touch where only edges of voxels do
        const double length = result.shape.along(axis) * edges[axis], per_area = length * length / volume;
        along.relative = flux(result.parts, result.boundary, axis, &Conductance::diffusive) * per_area;
        along.permeability = flux(result.parts, result.boundary, axis, &Conductance::hydraulic) * per_area;
    }
}

/// Numbers of rank 0 on every rank. Collective.
void share(const parallel::Communicator& comm, PoreNetwork& result)
{
    struct Numbers {
        std::int64_t pores, throats;
        double mean_radius, mean_throat_radius;
        PerAxis<PoreNetwork::AlongAxis> axes;
    };
    std::vector<Numbers> numbers{{result.pores, result.throats, result.mean_radius, result.mean_throat_radius, result.axes}};
    comm.broadcast(numbers);
    const auto& all = numbers.front();
    result.pores = all.pores;
    result.throats = all.throats;
    result.mean_radius = all.mean_radius;
    result.mean_throat_radius = all.mean_throat_radius;
    result.axes = all.axes;
}

/// @param pore_of_basin  on every rank
std::vector<float> regions(const image::PoreSpace& pores, const Basins& basins,
                           const std::vector<std::uint32_t>& pore_of_basin)
{
    auto region = pores.make_field<float>();
    for (std::size_t b = 0; b < pores.owned_bricks().size(); ++b) {
        const auto& brick = pores.owned_bricks()[b];
        brick::for_each_pore(brick, [&](int row, int x, int i) {
            const auto piece = basins.piece[b][row * brick::edge + x] - 1;
            region[brick.first + i] = static_cast<float>(1 + pore_of_basin[basins.pieces[piece].basin]);
        });
    }
    return region;
}

} // namespace

PoreNetwork measure_network(const image::PoreSpace& pores, const image::Connectivity& connectivity,
                            const morphology::Weights& weights, const NetworkOptions& options)
{
    PoreNetwork result{.boundary = pores.beyond(), .alpha = options.alpha, .shape = pores.shape()};
    for (const Axis axis : all_axes) result.edges[axis] = pores.edges().along(axis);
    const auto& comm = pores.comm();
    const KnownBricks known(pores, 1);
    const geometry::GhostLayers ghosts(known);
    const network::Metric metric(weights);
    Basins basins;
    network::Graph graph;
    {
        auto distances = geometry::open_distances(pores, weights);
        std::visit(
            [&](auto& tiles) {
                auto keys = geometry::blurred(pores, tiles);
                tiles = geometry::at_pores(pores, std::move(tiles));
                tiles.resize(known.size());
                ghosts.fill(tiles);
                basins = geometry::find_basins(known, ghosts, tiles, std::move(keys));
                graph = geometry::graph_of(known, basins, tiles, metric);
            },
            distances);
    }
    std::vector<std::uint32_t> pore_of_basin;
    comm.together([&] {
        if (!comm.is_root()) return;
        const auto merged = network::merge(graph, pores.shape(), options.alpha);
        for (const auto& place : merged.places) pore_of_basin.push_back(place.pore);
        result.parts = network::measure(merged.pores, pores.shape(), metric);
        describe(result, connectivity, options.sample_share);
    });
    share(comm, result);
    if (options.take_regions) {
        comm.broadcast(pore_of_basin);
        options.take_regions(regions(pores, basins, pore_of_basin));
    }
    return result;
}

} // namespace lapilli::property
