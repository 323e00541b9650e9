// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"
#include "network/graph.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace lapilli::network {

/// How well something conducts, for a difference of 1 between its ends. Lengths in shortest edges of a voxel.
struct Conductance {
    double diffusive = 0; ///< bulk diffusivity 1 [length]
    double hydraulic = 0; ///< viscosity 1 [length³]
};

/// A pore as people look at it.
struct Pore {
    std::array<double, 3> centre{}; ///< of the summit's voxel [voxel along each axis, the first one's centre being 0.5]
    double radius = 0;              ///< of the largest ball around the centre
    double volume = 0;
    std::int32_t throats = 0;
};

/// Where two pores touch, and the conduit from the centre of the one through it to the centre of the other.
struct Throat {
    std::uint32_t a = 0, b = 0;      ///< pores
    ImageSteps steps{};              ///< as Contact::steps
    std::array<double, 3> centre{};  ///< of its faces, as Pore::centre, seen from pore a
    double area = 0;                 ///< of its faces, as seen along their common direction
    double radius = 0;               ///< of the largest ball that gets through
    std::array<double, 2> lengths{}; ///< from its centre to those of a and b
    Conductance conductance;         ///< of the whole conduit
};

/// From a face of the image to a pore.
struct Inlet {
    std::uint32_t pore = 0;
    int face = 0;
    double area = 0;
    double radius = 0; ///< of a tube with the mean depth of the section
    double length = 0;
    Conductance conductance;
};

/// Pores and throats with their sizes.
struct Network {
    std::vector<Pore> pores;
    std::vector<Throat> throats;
    std::vector<Inlet> inlets;
};

/// Sizes and conductances. The section of a conduit widens from the throat's to the pore's: half a conduit of length L
/// resists diffusion by L / sqrt(A_t A_p), flow by L / sqrt(G_t G_p), with A_p = max(A_t, 1.5 pi r_p²), G_t = 0.8 A_t times
/// the mean squared depth (1 of a slit, 0.75 of a tube), G_p = max(G_t, A_p r_p² / 8). The area of a throat is the length of
/// the sum of its faces' normals, exact where it is flat.
Network measure(const Graph& pores, const Shape& shape, const Metric& metric);

} // namespace lapilli::network
