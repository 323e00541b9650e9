// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "morphology/disjoint_sets.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace lapilli::multigrid {

/// A coupling between two nodes, or between the sets that they belong to.
struct Link {
    std::int32_t a = 0, b = 0;
    double coupling = 0;
};

/// Unites sets whose coupling is at least `strength` times the smaller of their diagonals: what one of the two is out of by
/// against the other, smoothing takes away. Strongest first, so a badly conducting node goes to one well-conducting
/// neighbour, and does not glue two of them together whose values nothing but the coarse levels can tell apart.
/// @param diagonal  of each node; of each set afterwards, at its root
/// @param links     scratch
void unite_strong(morphology::DisjointSets<std::int32_t>& sets, std::span<double> diagonal, std::vector<Link>& links,
                  double strength);

} // namespace lapilli::multigrid
