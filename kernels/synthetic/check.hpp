// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/edge_ratios.hpp"

#include <string_view>

namespace lapilli::synthetic {

inline constexpr std::int64_t largest_side = 100'000; ///< voxels; keeps every count below 2^63

/// Refusals shared by all recipes. @throws Error with exit code 2 and a sentence; nan and inf are refused too.
void check_shape(const Shape& shape);
/// @param value must lie strictly between 0 and 1
void check_fraction(std::string_view name, double value);
/// @param value [voxels] must lie in [smallest, largest]
void check_length(std::string_view name, double value, double smallest, double largest);

/// Side of an image along an axis [shortest edge of a voxel].
double side(const Shape& shape, const EdgeRatios& edges, Axis axis);
double longest_side(const Shape& shape, const EdgeRatios& edges);
/// Size of grains and blobs where none is asked for [shortest edge]: ten across the image, but at least 3 to be resolved.
double default_grain(const Shape& shape, const EdgeRatios& edges);

} // namespace lapilli::synthetic
