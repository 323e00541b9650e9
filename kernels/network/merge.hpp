// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "network/graph.hpp"

#include <cstdint>
#include <vector>

namespace lapilli::network {

/// Which pore a basin belongs to, and how many repetitions of a periodic image its summit stands further than the pore's.
struct Place {
    std::uint32_t pore = 0;
    ImageSteps steps{};
};

struct Merged {
    Graph pores;               ///< named by the highest summit of each
    std::vector<Place> places; ///< of the basins
};

/// Merges basins into pores by persistence: from the highest saddle to the lowest, two that meet there become one if the way
/// between them is hardly narrower than the narrower of both, r_saddle >= alpha r_summit. Ties of saddles go by the numbers
/// of the basins, ties of summits to the lower number, so that nothing depends on the order of the contacts.
/// @param alpha  0: all that touch are one; above 1: only plateaus merge
Merged merge(const Graph& basins, const Shape& shape, double alpha);

} // namespace lapilli::network
