// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace lapilli::network {

/// What connects two nodes: the flux from a to b is conductance (potential of a - that of b + gain).
struct Link {
    std::uint32_t a = 0, b = 0;
    double conductance = 0; ///< > 0
    double gain = 0;
};

/// What connects a node to a given potential.
struct Port {
    std::uint32_t node = 0;
    double conductance = 0; ///< > 0
    double potential = 0;
};

/// The potentials of nodes at which all fluxes balance. Of nodes that no links and ports connect to any port, the first one
/// has potential 0. By a sparse Cholesky factorization: conductances that differ by many orders of magnitude do no harm, as
/// they would to an iteration. One process, always the same bits.
/// @throws Error  a conductance is no positive number
std::vector<double> potentials(std::size_t nodes, std::span<const Link> links, std::span<const Port> ports);

/// What flows in through the ports of some potential.
double inflow(std::span<const double> potentials, std::span<const Port> ports, double through);

} // namespace lapilli::network
