// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "scan/grey_image.hpp"
#include "scan/label_bricks.hpp"

#include <cstdint>
#include <vector>

namespace lapilli::scan {

/// Leaves of what is loosely pore only what is connected, through faces, to what is strictly pore.
/// @param labels  0 strictly pore, 1 loosely, 2 neither, else outside; becomes 0 for pores and 1 for what is not.
/// Collective; the same on any number of ranks.
void keep_connected(const parallel::Communicator& comm, LabelSlab& labels);

/// Labels and markers for a watershed.
struct Markers {
    int classes = 2;
    std::vector<std::int32_t> below, above; ///< of each cut: levels below and from these on are deep in their class
};

/// Moves the surfaces between classes to where the levels are steepest: each voxel gets the class from whose markers a way
/// leads to it on which the largest gradient is least. Where two are equal, the voxel keeps its label. The ways are those of
/// a flood from the markers, but unlike its order of voxels these are unique. Collective; the same on any number of ranks.
/// @param labels  by the cuts, others are outside
void flood_from_markers(const parallel::Communicator& comm, const GreyImage& grey, const Markers& markers,
                        LabelSlab& labels);

} // namespace lapilli::scan
