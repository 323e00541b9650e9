// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/conduit.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lapilli::network {

namespace {

double hypotenuse(const std::array<double, 3>& v) { return std::sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]); }

Pore pore_of(const Region& region, const Shape& shape, const Metric& metric)
{
    const auto i = region.summit;
    return {.centre = {0.5 + i % shape.nx, 0.5 + i / shape.nx % shape.ny, 0.5 + i / shape.plane()},
            .radius = metric.radius(region.level),
            .volume = region.voxels * metric.edge[0] * metric.edge[1] * metric.edge[2]};
}

Conductance half_conduit(double area, double squared_depth, double pore_radius, double length)
{
    const double squared_radius = pore_radius * pore_radius;
    const double pore_area = std::max(area, 1.5 * std::numbers::pi * squared_radius);
    const double throat_flow = 0.8 * area * squared_depth, pore_flow = std::max(throat_flow, pore_area * squared_radius / 8);
    return {std::sqrt(area * pore_area) / length, std::sqrt(throat_flow * pore_flow) / length};
}

Conductance in_series(const Conductance& a, const Conductance& b)
{
    return {1 / (1 / a.diffusive + 1 / b.diffusive), 1 / (1 / a.hydraulic + 1 / b.hydraulic)};
}

/// @param steps  the pore is looked for so many repetitions further
double distance(const std::array<double, 3>& from, const Pore& to, const ImageSteps& steps, const Shape& shape,
                const Metric& metric)
{
    std::array<double, 3> d{};
    for (std::size_t k = 0; k < 3; ++k)
        d[k] = metric.edge[k] * (to.centre[k] + 1.0 * shape.along(all_axes[k]) * steps[k] - from[k]);
    return std::max(metric.half, hypotenuse(d));
}

Throat throat_of(const Contact& contact, const std::vector<Pore>& pores, const Shape& shape, const Metric& metric)
{
    Throat t{.a = contact.a, .b = contact.b, .steps = contact.steps, .radius = metric.radius(contact.saddle)};
    std::array<double, 3> normal{};
    for (std::size_t k = 0; k < 3; ++k) {
        normal[k] = contact.normal[k] * metric.face_area[k];
        t.centre[k] = 0.5 + 0.5 * contact.half_voxels[k] / contact.section.weight;
    }
    t.area = std::max(*std::min_element(metric.face_area.begin(), metric.face_area.end()), hypotenuse(normal));
    t.lengths = {distance(t.centre, pores[t.a], {}, shape, metric), distance(t.centre, pores[t.b], t.steps, shape, metric)};
    const double depth = metric.mean_squared_depth(contact.section);
    t.conductance = in_series(half_conduit(t.area, depth, pores[t.a].radius, t.lengths[0]),
                              half_conduit(t.area, depth, pores[t.b].radius, t.lengths[1]));
    return t;
}

Inlet inlet_of(const Opening& opening, const std::vector<Pore>& pores, const Shape& shape, const Metric& metric)
{
    const std::size_t k = opening.face / 2;
    const auto& pore = pores[opening.region];
    const bool upper = opening.face % 2 == 1;
    Inlet inlet{.pore = opening.region, .face = opening.face, .area = opening.section.weight * metric.face_area[k]};
    inlet.length = metric.edge[k] * (upper ? 1.0 * shape.along(all_axes[k]) - pore.centre[k] : pore.centre[k]);
    const double depth = metric.mean_squared_depth(opening.section);
    inlet.radius =
        std::min(std::sqrt(inlet.area / std::numbers::pi), std::sqrt(6 * depth)); // of a tube: mean depth² is r²/6
    inlet.conductance = half_conduit(inlet.area, depth, pore.radius, inlet.length);
    return inlet;
}

} // namespace

Network measure(const Graph& pores, const Shape& shape, const Metric& metric)
{
    Network network;
    for (const auto& region : pores.regions) network.pores.push_back(pore_of(region, shape, metric));
    for (const auto& contact : pores.contacts) {
        network.throats.push_back(throat_of(contact, network.pores, shape, metric));
        ++network.pores[contact.a].throats;
        ++network.pores[contact.b].throats;
    }
    for (const auto& opening : pores.openings) network.inlets.push_back(inlet_of(opening, network.pores, shape, metric));
    return network;
}

} // namespace lapilli::network
