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

constexpr double narrow = 11.5; // [cell] from here on StokesPreconditioner calls overlapping spheres and Berea wide

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

CoarsePlan coarse_plan(const Whole& whole, double cells)
{
    const double solved = cells * whole.solved, gather_below = solve::CycleOptions{}.gather_below;
    const auto nodes = [&](int depth) { return solved * nodes_per_pore(depth, whole.width); };
    const auto is_shared = [&](int depth) {
        return whole.ranks == 1 || (depth < brick_levels + whole.alignment && nodes(depth) > gather_below);
    };
    CoarsePlan plan;
    while (nodes(plan.levels) > fewest_nodes) ++plan.levels;
    while (plan.shared < plan.levels && is_shared(plan.shared + 1)) ++plan.shared;
    if (plan.shared < plan.levels) plan.everywhere = nodes(plan.shared + 1);
    for (int depth = 1; depth <= plan.levels; ++depth) {
        const double visits = std::ldexp(nodes_per_pore(depth, whole.width), depth);
        if (depth <= plan.shared)
            plan.own_visits += visits;
        else
            plan.same_visits += visits * solved;
    }
    return plan;
}

} // namespace lapilli::property
