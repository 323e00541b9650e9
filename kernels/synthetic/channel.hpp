// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/edge_ratios.hpp"

#include <span>

namespace lapilli::synthetic {

/// A straight pore between two parallel walls, in the middle of the image.
struct Slit {
    Shape shape;
    Axis axis = Axis::z;     ///< normal of the walls
    std::int64_t height = 1; ///< between the walls [voxels]
};

/// A circular pore along the middle line of the image: voxels whose centre is not farther from it than the radius.
struct Tube {
    Shape shape;
    Axis axis = Axis::z;
    double radius = 1; ///< [shortest edges]
    EdgeRatios edges{};
};

/// A rectangular pore in the middle of the image.
struct RectangularDuct {
    Shape shape;
    Axis axis = Axis::z;
    std::int64_t width = 1;  ///< along the faster of the two axes across [voxels]
    std::int64_t height = 1; ///< along the slower one [voxels]
};

/// A pore with the section of an equilateral triangle: voxels whose centre lies inside. The base is parallel to the faster
/// of the two axes across and lies between two rows of voxels, so that one of the three walls is exact.
struct TriangularDuct {
    Shape shape;
    Axis axis = Axis::z;
    double side = 1; ///< [shortest edges]
    EdgeRatios edges{};
};

/// The largest that fit, for when nothing is asked for: half the shorter side across, half of each side, the whole section.
double default_radius(const Shape& shape, const EdgeRatios& edges, Axis axis);
std::int64_t default_opening(const Shape& shape, Axis along);
double largest_triangle(const Shape& shape, const EdgeRatios& edges, Axis axis);

/// @throws Error with exit code 2 and a sentence, when the pore is empty or does not fit
void check(const Slit& recipe);
void check(const Tube& recipe);
void check(const RectangularDuct& recipe);
void check(const TriangularDuct& recipe);

/// The labels of some planes, whatever the others are. @param labels shape (planes.count(), ny, nx), x fastest
void fill(const Slit& recipe, PlaneRange planes, std::span<std::uint8_t> labels);
void fill(const Tube& recipe, PlaneRange planes, std::span<std::uint8_t> labels);
void fill(const RectangularDuct& recipe, PlaneRange planes, std::span<std::uint8_t> labels);
void fill(const TriangularDuct& recipe, PlaneRange planes, std::span<std::uint8_t> labels);

} // namespace lapilli::synthetic
