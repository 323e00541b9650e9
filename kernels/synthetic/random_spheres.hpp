// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/edge_ratios.hpp"

#include <span>
#include <vector>

namespace lapilli::synthetic {

/// Equal spheres at random positions, which may overlap (Boolean model), thrown one after another until the porosity is
/// right. Centres fill the image and a rim of one radius around it evenly, so its border is like its inside. Not periodic.
struct RandomSpheres {
    Shape shape;
    double porosity = 0.4;
    double radius = 3; ///< [shortest edges]
    std::uint64_t seed = 1;
    bool invert = false; ///< spheres are pores in solid; else solid grains in pore
    EdgeRatios edges{};
};

/// @throws Error with exit code 2 and a sentence, when the recipe makes no sense
void check(const RandomSpheres& recipe);

std::uint8_t background(const RandomSpheres& recipe);
/// Voxels of the whole image that spheres must cover for the asked porosity.
std::int64_t voxels_to_cover(const RandomSpheres& recipe);
/// A number of spheres worth painting between two looks at the porosity: it bounds the memory of `paint` to some 32 MiB
/// (or one sphere), and has no influence on the result.
std::int64_t spheres_at_a_time(const RandomSpheres& recipe);

/// Paints spheres number first, first + 1, ... (one for each element of `fresh`), each a pure function of seed and number,
/// into some planes of the image.
/// @param labels  shape (planes.count(), ny, nx), x fastest; `background` where no earlier sphere is
/// @param fresh   set to the voxels of these planes that each sphere is the first to cover
/// @return the indices into `labels` of these voxels, in the order of the spheres
std::vector<std::int64_t> paint(const RandomSpheres& recipe, std::int64_t first, PlaneRange planes,
                                std::span<std::uint8_t> labels, std::span<std::int64_t> fresh);

} // namespace lapilli::synthetic
