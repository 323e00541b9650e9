// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"

#include <span>
#include <vector>

namespace lapilli::synthetic {

/// Nothing but pore.
struct Open {
    Shape shape;
};

/// Flat layers; the labels take turns along an axis, the first at index 0.
struct Layers {
    Shape shape;
    Axis axis = Axis::z;
    std::int64_t thickness = 4; ///< of each layer [voxels]
    std::vector<std::uint8_t> labels{0, 1};
};

/// @throws Error with exit code 2 and a sentence, when the recipe makes no sense
void check(const Open& recipe);
void check(const Layers& recipe);

/// The labels of some planes, whatever the others are. @param labels shape (planes.count(), ny, nx), x fastest
void fill(const Open& recipe, PlaneRange planes, std::span<std::uint8_t> labels);
void fill(const Layers& recipe, PlaneRange planes, std::span<std::uint8_t> labels);

} // namespace lapilli::synthetic
