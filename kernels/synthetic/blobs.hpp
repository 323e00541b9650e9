// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/edge_ratios.hpp"

#include <span>
#include <vector>

namespace lapilli::synthetic {

/// A thresholded Gaussian random field: the lowest values are pores. Not periodic.
struct Blobs {
    Shape shape;
    double porosity = 0.4;
    double correlation = 6; ///< distance at which the autocorrelation of the field has fallen to 1/e [shortest edges]
    std::uint64_t seed = 1;
    EdgeRatios edges{};
};

/// @throws Error with exit code 2 and a sentence, when the recipe makes no sense
void check(const Blobs& recipe);

/// Voxels of the whole image that are to be pores.
std::int64_t pore_voxels(const Blobs& recipe);

/// The field on some planes, the same bits whatever the others are: white noise, a pure function of seed and position, also
/// beyond the border of the image, convolved with a Gaussian along z, x and y in turn, each sum from the low end up.
/// Cost per voxel and axis: 3.5 correlation lengths of multiply-adds. Not normalised: only the order of the values counts.
/// @return shape (planes.count(), ny, nx), x fastest
std::vector<float> random_field(const Blobs& recipe, PlaneRange planes);

} // namespace lapilli::synthetic
