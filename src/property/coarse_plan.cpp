// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/coarse_plan.hpp"

#include "solve/coarse_levels.hpp"

#include <algorithm>
#include <cmath>

namespace lapilli::property {

namespace {

constexpr int brick_levels = 4;       // whose blocks lie inside bricks
constexpr double fewest_nodes = 300;  // of a level that is made coarser
constexpr double give_way = 2 * 0.02; // of a share, to both sides
constexpr int most_alignment = 21;

// fitted to all levels of Berea (256³ voxels) and of spheres (128³ and 256³, φ .2), whose pores are 8.5, 10.2 and 19.8
// voxels wide; within 17 %
constexpr double walls = 2.2;
constexpr double cuts = 0.65;

// fitted to Berea and spheres (400³ and 640³ voxels), 9 to 31 voxels wide
constexpr double joined = 1.0 / 4;    // nodes of the first deep level, of those before they are joined
constexpr double shrinkage = 1.0 / 8; // from each deep level to the next
constexpr double held_by_walls = 2.3; // exp(-this 2^d / w) of the nodes are not, as far as velocities go

constexpr double narrow = 11.5; // [cell] from here on StokesPreconditioner calls overlapping spheres and Berea wide

/// Nodes of a level that is visited, of a pore.
double visited_nodes(int depth, double width, Unknowns unknowns)
{
    if (unknowns == Unknowns::velocities) {
        const double let_go = depth == 1 ? 1 : std::exp(-held_by_walls * std::ldexp(1 / width, depth));
        return let_go * nodes_per_pore(depth, width);
    }
    const int deep = solve::CycleOptions{}.deep;
    if (depth < deep) return nodes_per_pore(depth, width);
    return joined * nodes_per_pore(deep, width) * std::pow(shrinkage, depth - deep);
}

} // namespace

int visits_by_velocities(double width, bool cubes) { return cubes && width < narrow ? 1 : 2; }

double nodes_per_pore(int depth, double width)
{
    const double edge = std::ldexp(1.0, depth), of_width = edge / width;
    return std::min(1.0, (1 + of_width * (walls + cuts * of_width)) / (edge * edge * edge));
}

int alignment_of(double bricks, int ranks)
{
    if (ranks == 1) return most_alignment;
    return std::max(0.0, std::floor(std::log2(std::max(1.0, give_way * bricks / ranks)) / 3));
}

CoarsePlan coarse_plan(const Whole& whole, double cells, Unknowns unknowns)
{
    const solve::CycleOptions options;
    const double solved = cells * whole.solved, gather_below = options.gather_below;
    const auto nodes = [&](int depth) { return solved * visited_nodes(depth, whole.width, unknowns); };
    const auto is_shared = [&](int depth) {
        return whole.ranks == 1 ||
               (depth < std::min(brick_levels + whole.alignment, options.deep) && nodes(depth) > gather_below);
    };
    CoarsePlan plan;
    int levels = 0;
    while (nodes(levels) > fewest_nodes) ++levels;
    while (plan.shared < levels && is_shared(plan.shared + 1)) ++plan.shared;
    if (plan.shared < levels) { // potentials are gathered before they are joined
        const int first = plan.shared + 1;
        plan.everywhere = unknowns == Unknowns::potentials ? solved * nodes_per_pore(first, whole.width) : nodes(first);
    }
    for (int depth = 1; depth <= levels; ++depth) {
        plan.nodes.push_back(nodes(depth) / solved);
        const double visits = std::ldexp(plan.nodes.back(), depth);
        if (depth <= plan.shared)
            plan.own_visits += visits;
        else
            plan.same_visits += visits * solved;
    }
    return plan;
}

} // namespace lapilli::property
