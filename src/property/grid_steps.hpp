// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/grow.hpp"
#include "property/memory_plan.hpp"

#include <string>
#include <vector>

namespace lapilli::property {

// What the solves are called that measure the grid's error in a property: in progress, in the journal, in a schedule.
std::string on_two_cells(const std::string& step);
/// Blocks are numbered in the order in which they are solved.
std::string of_block(const std::string& property, std::size_t block, std::size_t blocks);
std::string with_walls(const std::string& step, image::Growth growth);

/// Solves of one stage, one for each axis.
struct SolveStage {
    std::string name;
    double work = 0;  ///< of each [core seconds of a voxel of the image, roughly]; 0: more than is likely to be needed
    double cells = 1; ///< that are solved, of a voxel of the image
    bool flow = false;
    int beside = 0; ///< pieces of the image that may be solved side by side, of which it is one; 0: it is the image
};

/// All stages of solves that a run may have, in their order. Along axes that do not percolate, some do not take place.
std::vector<SolveStage> solve_stages(const Workload& work, const Shape& image);

} // namespace lapilli::property
