// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "segmentation/plane_stack.hpp"

#include <optional>
#include <span>
#include <vector>

namespace lapilli::segmentation {

/// Voxels of each grey level: 65536 whole numbers, so that those of slabs can be added.
using Histogram = std::vector<std::int64_t>;

/// Adds voxels to a histogram.
void count(std::span<const Level> voxels, Histogram& histogram);

/// Adds the differences between neighbours in a row, without their signs, to a histogram. @param voxels  whole rows of nx
void count_steps(std::span<const Level> voxels, std::int64_t nx, Histogram& steps);

/// The standard deviation of the noise in all voxels, in levels, from the differences between neighbours. Of noise alone
/// half of these are below 0.954 standard deviations; few voxels lie at a surface, and a median hardly sees them, so that it
/// is too large by some per cent. Noise that neighbours share is not seen, nor what is below a level: 0 where half of the
/// neighbours are alike.
double noise_of(const Histogram& steps);

struct Class {
    std::int64_t voxels = 0;
    std::optional<double> mean; ///< [level]; absent: no voxel
};
/// The voxels that thresholds part: class k has the levels from cuts[k - 1] to cuts[k] - 1. @param cuts  ascending
std::vector<Class> classes_of(const Histogram& histogram, std::span<const std::int32_t> cuts);

} // namespace lapilli::segmentation
