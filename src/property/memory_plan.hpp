// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/boundary.hpp"
#include "core/shape.hpp"
#include "property/coarse_plan.hpp"
#include "property/sample_blocks.hpp"

#include <cstdint>
#include <optional>

namespace lapilli::property {

/// What is going to be solved, as far as memory and time depend on it.
struct Workload {
    bool diffusivity = false;
    bool permeability = false;
    Boundary boundary = Boundary::sealed;
    int axes = 3; ///< to solve along
    bool several_phases = false;
    bool fields = false;
    bool refine = false; ///< also on 2x2x2 cells per voxel
    bool segmentation = false;
    std::optional<int> blocks;      ///< as in ResolutionOptions
    std::optional<int> most_blocks; ///< that have nothing outside the sample; absent: all have
    std::optional<double> accuracy; ///< that was asked for
    int long_axes = 0;              ///< along which voxels are so long that they are joined later than along the others
};

/// The part of an image that one rank holds.
struct Share {
    std::int64_t bricks = 0;
    std::int64_t pores = 0;  ///< of the whole pore space
    std::int64_t solved = 0; ///< of these, those that percolate
    std::int64_t ghosts = 0;
};

/// All bricks of an image, also those without pores.
double bricks_of(const Shape& image);

/// Resident memory of one rank that reads its part of an image: the piece at work, and the masks of all bricks [bytes].
std::int64_t bytes_to_read(const Shape& piece, const Shape& image, int ranks);

/// Peak resident memory of one rank [bytes], up to 60 % more than it will be.
/// @param piece  that is read of the file at a time
/// @param image  after the crop
std::int64_t bytes_of(const Workload& work, const Shape& piece, const Shape& image, const Share& share, const Whole& whole);

/// The same of one that measures sizes, or the drainage, of the voxels in some of its bricks.
std::int64_t bytes_of_sizes(std::int64_t bricks, bool drainage);

/// On what the grid's error will be measured.
SampleBlocks blocks_of(const Workload& work, const Shape& image);

} // namespace lapilli::property
