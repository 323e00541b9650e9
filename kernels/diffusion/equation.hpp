// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/tile.hpp"
#include "core/edge_ratios.hpp"

#include <span>

namespace lapilli::diffusion {

/// Sealed boundary along one axis, as far as one brick sees it: indices along the axis, inside the brick, of the first and
/// the last layer of the image, or a value outside [0, 16).
struct EndLayers {
    Axis axis = Axis::z;
    int inlet = -1;
    int outlet = -1;
};

/// What the equations of one pore look like when the concentration is written as a unit gradient down the axis plus a
/// correction g: A g = b, with lengths along each axis in voxels. A fixed value on an outer face, half a voxel away, couples
/// with 2σ. Where voxels are no cubes all couplings along an axis have its weight.
/// In double: with several phases the answer is a small difference of these.
struct PoreEquation {
    double diagonal = 0;  ///< Σ couplings, fixed values included
    double dirichlet = 0; ///< of which to fixed values
    double balance = 0;   ///< b: how far the flux of the unit gradient is out of balance
    double energy = 0;    ///< energy of the unit gradient on the upper face along the axis and on the outer faces
    double inlet = 0;     ///< σ and weight if the pore touches the inlet face, else 0
    double outlet = 0;
};

/// How two neighbours couple, but for the weight of the axis.
enum class Law {
    unit,     ///< with 1: one phase
    harmonic, ///< with the harmonic mean of their conductivities: several phases
    /// with s_i s_j, the geometric mean of the conductances s²; in the unknowns s g, of which all couplings are 1, and with
    /// each equation divided by its s: one phase with other diagonals
    product,
};

/// @param sigma     conductivity of the brick and its halo; with Law::product its root s
/// @param equation  one per pore of the brick, canonical order
void equations(const brick::Brick& brick, const brick::Tile<float>& sigma, Law law, const EdgeRatios& edges,
               const EndLayers& ends, std::span<PoreEquation> equation);

} // namespace lapilli::diffusion
