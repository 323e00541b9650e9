// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/axis.hpp"
#include "morphology/configurations.hpp"

#include <array>

namespace lapilli::morphology {

/// The Minkowski functionals of the pores in all cells that were counted. Lengths are in the unit of the voxels' edges.
struct Minkowski {
    double volume = 0;    ///< [length³]
    double surface = 0;   ///< between pores and solid [length²]
    double curvature = 0; ///< integral of the mean curvature over the surface, positive for round pores [length]
    double euler_6 = 0;   ///< Euler number where pores are neighbours across faces: pieces - tunnels + hollows
    double euler_26 = 0;  ///< the same where pores are neighbours across faces, edges and corners
};

/// Surface and curvature are Crofton's: crossings of the lines of voxels in 13 directions, and Euler numbers of the sections
/// by lattice planes of 13 directions, each weighted by its share of the sphere. Ohser and Mücklich, Statistical Analysis of
/// Microstructures in Materials Science, chapter 5. Isotropic surfaces come out right, with any edges. A plane counts by its
/// direction: of cubes .927 of its area across an axis, 1.023 at most; of voxels four times as long as wide .80 across.
/// @param edges  of a voxel
Minkowski minkowski(const Configurations& cells, const PerAxis<double>& edges = {1, 1, 1});

/// From a voxel to one of its neighbours, in voxels along x, y, z.
using Step = std::array<int, 3>;

/// To the 26 neighbours, one of each two that are opposite.
std::array<Step, 13> steps_to_neighbours();

/// The parts of the sphere whose points are nearer to a line along one of these steps than to the others, in the order of
/// steps_to_neighbours(); their sum is 1.
/// @param edges  of a voxel: how long the steps along the axes are
std::array<double, 13> shares_of_sphere(const PerAxis<double>& edges);

/// How often lines along these steps cross the surface between pores and solid, per length, in the mean over all cells; 0
/// without cells.
/// @param edges  of a voxel
std::array<double, 13> crossings_per_length(const Configurations& cells, const PerAxis<double>& edges);

/// The surface between pores and solid in a cell of each configuration, 2 Σ share x crossings x volume / length.
std::array<double, 256> surface_of_cells(const PerAxis<double>& edges);

} // namespace lapilli::morphology
