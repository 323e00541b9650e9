// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/message_plan.hpp"

#include <algorithm>
#include <cmath>

namespace lapilli::property {

namespace {

// Counted, of one cycle: passes that look at neighbours on the finest level, with that of the method, and for each visit of
// a coarser level, where the first of two smooths once less.
constexpr double exchanges_on_finest = 5;
constexpr double exchanges_of_visit = 4.5;
constexpr double reductions_of_iteration = 3.5;
constexpr double collectives_of_setup = 110;
constexpr double all_to_alls_of_setup = 11;

constexpr double roughness = 1.7; // of the surface of a piece of the curve, over that of a cube; from counted bytes
constexpr double most_neighbours = 10;
constexpr double rendezvous = 65536; // bytes; from here on Open MPI asks before it sends, over TCP
constexpr double trips_when_asked = 3;
constexpr double within_node = 2e-6; // of a message between ranks of a node [s]
constexpr double by_message = 5e-6;  // work for one through the network [s]
constexpr double by_rank = 2e-6;     // work for one in an exchange of all with all [s]
constexpr double bruck_below = 4096; // bytes of each rank: Open MPI gathers in log2 P steps, with more in P/2
constexpr int bruck_ranks = 32;      // or so few ranks

double steps(int parts) { return std::ceil(std::log2(parts)); }

} // namespace

double ghosts_of(const Whole& whole, const Shape& image, int parts)
{
    const double voxels = image.voxels(), porosity = whole.solved / voxels;
    const double all_surfaces = 6 * std::cbrt(voxels / parts) * std::cbrt(voxels / parts);
    const double outer = 6 * std::cbrt(voxels) * std::cbrt(voxels) / parts;
    return roughness * porosity * (all_surfaces - outer);
}

Messages::Messages(const Whole& whole, const Shape& image, const Site& site, double cells)
    : site_(site), potentials_(coarse_plan(whole, cells, Unknowns::potentials)),
      velocities_(coarse_plan(whole, cells, Unknowns::velocities))
{
    const double of_surface = std::cbrt(cells) * std::cbrt(cells);
    ghosts_ = of_surface * ghosts_of(whole, image, site.ranks());
    node_ghosts_ = of_surface * ghosts_of(whole, image, site.nodes);
}

double Messages::exchange(double ghosts, double node_ghosts, int floats) const
{
    const double neighbours = std::min<double>(most_neighbours, site_.ranks() - 1), bytes = 4.0 * floats;
    if (site_.nodes == 1) return within_node * neighbours;
    const double trips = bytes * ghosts / neighbours > rendezvous ? trips_when_asked : 1;
    return trips * site_.latency_s + by_message * neighbours + bytes * node_ghosts / site_.bandwidth;
}

double Messages::reduction() const
{
    return steps(site_.nodes) * (site_.latency_s + by_message) + steps(site_.cores) * within_node;
}

double Messages::gathering(double bytes) const
{
    const int ranks = site_.ranks();
    const bool bruck = ranks < bruck_ranks || bytes / ranks < bruck_below;
    if (site_.nodes == 1) return (bruck ? steps(ranks) : ranks / 2.0) * within_node;
    const double hops = bruck ? steps(ranks) : ranks / 2.0;
    return hops * (site_.latency_s + by_message) + (bruck ? site_.cores : 1) * bytes / site_.bandwidth;
}

MessageSeconds Messages::cycle(Unknowns unknowns, int visits) const
{
    if (site_.ranks() == 1) return {};
    const bool scalars = unknowns == Unknowns::potentials;
    const auto& coarse = scalars ? potentials_ : velocities_;
    const int floats = scalars ? 1 : 4;
    MessageSeconds all;
    all.halo = exchanges_on_finest * exchange(ghosts_, node_ghosts_, floats);
    for (int depth = 1; depth <= coarse.shared; ++depth) {
        const double thinner = std::pow(coarse.nodes[depth - 1], 2.0 / 3);
        all.halo +=
            std::ldexp(visits * exchanges_of_visit, depth - 1) * exchange(thinner * ghosts_, thinner * node_ghosts_, floats);
    }
    const double gathers = coarse.shared == 0 ? 1 : std::ldexp(visits, coarse.shared - 1); // one for each visit above
    all.gather = gathers * gathering(4.0 * floats * coarse.everywhere);
    all.reduce = reductions_of_iteration * reduction();
    return all;
}

MessageSeconds Messages::setup() const
{
    if (site_.ranks() == 1) return {};
    return {.reduce = collectives_of_setup * reduction() + all_to_alls_of_setup * by_rank * site_.ranks()};
}

} // namespace lapilli::property
