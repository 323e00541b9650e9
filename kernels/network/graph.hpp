// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"
#include "morphology/winding_sets.hpp"
#include "network/metric.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace lapilli::network {

using morphology::ImageSteps;

/// A part of the pores: the basin of a summit of the distance, or a pore, which is made of basins.
struct Region {
    std::int64_t summit = 0; ///< its voxel, numbered x fastest; all are ordered by it
    std::int64_t level = 0;  ///< squared distance there
    std::int64_t voxels = 0;
};

/// Where two regions touch: the faces between their voxels, seen from region a <= b. Of a periodic image a region may touch
/// another one in several repetitions, and itself in the next one: these are different contacts.
struct Contact {
    std::uint32_t a = 0, b = 0;
    ImageSteps steps{};                        ///< so many repetitions the summit of b stands further than that of a
    std::int64_t saddle = 0;                   ///< squared distance on the widest way through
    std::array<std::int64_t, 3> normal{};      ///< across each axis: faces passed from a to b upwards, less those downwards
    std::array<std::int64_t, 3> half_voxels{}; ///< twice the centre of each face from the centre of voxel 0, times weight
    Section section;
};

/// The pores of a region in a face of the image.
struct Opening {
    std::uint32_t region = 0;
    int face = 0; ///< in the order of brick::Face
    Section section;
};

struct Graph {
    std::vector<Region> regions;
    std::vector<Contact> contacts; ///< by a, b, steps
    std::vector<Opening> openings; ///< by face and region
};

/// Turns a contact round if it is not seen from the lower region or, of a region and itself, not upwards.
void orient(Contact& contact, const Shape& shape);
/// Moves what a contact is seen from by repetitions of the image.
void move(Contact& contact, const ImageSteps& steps, const Shape& shape);
/// Sorts, and sums what is one contact, or one opening.
void combine(std::vector<Contact>& contacts);
void combine(std::vector<Opening>& openings);

} // namespace lapilli::network
