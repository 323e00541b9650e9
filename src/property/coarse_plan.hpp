// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <vector>

namespace lapilli::property {

/// What ranks share: an image's pores.
struct Whole {
    double bricks = 0;
    double pores = 0;
    double solved = 0; ///< of these, those that percolate
    double width = 10; ///< of the pores: mean chord [voxel]
    int ranks = 1;
    int alignment = 0; ///< cubes of (2^alignment)³ bricks never straddle ranks
};

/// Nodes that the level with blocks of (2^depth)³ voxels has, of a pore: pieces of pores inside the blocks. Their number
/// has parts like the volume of the blocks, the walls in them, and what their faces cut off:
/// 1/8^d + a/(w 4^d) + b/(w² 2^d), with pores w voxels wide.
double nodes_per_pore(int depth, double width);

/// How often a W-cycle on velocities visits the first coarse level: once in narrow pores of cubes, see StokesPreconditioner;
/// a cycle on potentials or pressures always twice. And each level twice as often as the one above.
/// @param width  of the pores [cell]
int visits_by_velocities(double width, bool cubes);
inline constexpr int visits_by_potentials = 2;

/// What a hierarchy is of: potentials and pressures, 1 float a node, or velocities, 4.
enum class Unknowns { potentials, velocities };

/// The coarse levels of a solve, as far as time and memory depend on who holds them.
struct CoarsePlan {
    std::vector<double> nodes; ///< of each level, of a pore; the first has blocks of 2³ voxels, each other of twice the edge
    int shared = 0;            ///< the first ones, whose nodes are shared among the ranks; the others stand on every rank
    double everywhere = 0;     ///< nodes of the first level that stands on every rank; 0: one rank
    double own_visits = 0;     ///< of nodes that are shared, in a W-cycle, of a pore of a rank's share
    double same_visits = 0;    ///< of nodes that stand on every rank
};

/// How large the cubes of (2^k)³ bricks are that cuts of the curve do not part: each cut may give way by 2 % of a share.
int alignment_of(double bricks, int ranks);

/// @param cells  of a pore: 8 where voxels are halved, less than 1 for blocks of the image
CoarsePlan coarse_plan(const Whole& whole, double cells, Unknowns unknowns);

} // namespace lapilli::property
