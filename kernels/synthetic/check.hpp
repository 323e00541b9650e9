// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/shape.hpp"

#include <string_view>

namespace lapilli::synthetic {

inline constexpr std::int64_t largest_side = 100'000; ///< voxels; keeps every count below 2^63

/// Refusals shared by all recipes. @throws Error with exit code 2 and a sentence; nan and inf are refused too.
void check_shape(const Shape& shape);
/// @param value must lie strictly between 0 and 1
void check_fraction(std::string_view name, double value);
/// @param value [voxels] must lie in [smallest, largest]
void check_length(std::string_view name, double value, double smallest, double largest);

std::int64_t shortest_side(const Shape& shape);
std::int64_t longest_side(const Shape& shape);
/// Size of grains and blobs where none is asked for [voxels]: ten across the image, but at least 3 voxels to be resolved.
double default_grain(const Shape& shape);

} // namespace lapilli::synthetic
