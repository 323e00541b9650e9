// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/edge_ratios.hpp"

#include <span>
#include <string_view>

namespace lapilli::synthetic {

enum class Lattice { simple_cubic, body_centred, face_centred };
/// "sc", "bcc" or "fcc". @throws Error with exit code 2 on other letters
Lattice lattice_from(std::string_view letters);
std::string_view letters(Lattice lattice);

/// Equal solid spheres on a cubic lattice, pore between them. Cubic cells, nx / cells voxels along x, tile the image
/// exactly, so it is periodic; the sphere of a simple cell sits in its middle, body and face centred cells have one on each
/// corner.
struct SphereArray {
    Shape shape;
    Lattice lattice = Lattice::simple_cubic;
    double solid_fraction = 0.5;
    std::int64_t cells = 1; ///< along x
    EdgeRatios edges{};
};

/// Radius [shortest edges]. Up to touching spheres it follows from the solid fraction by the volume of a ball, so the
/// voxels' own fraction comes near it as the cell grows; spheres that overlap get the radius whose voxels come nearest to
/// the fraction.
double sphere_radius(const SphereArray& recipe);

/// @throws Error with exit code 2 and a sentence, when the recipe makes no sense or the cells do not tile the image
void check(const SphereArray& recipe);

/// The labels of some planes, whatever the others are. @param labels shape (planes.count(), ny, nx), x fastest
void fill(const SphereArray& recipe, PlaneRange planes, std::span<std::uint8_t> labels);

} // namespace lapilli::synthetic
