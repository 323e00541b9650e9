// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/boundary.hpp"
#include "image/pore_space.hpp"
#include "morphology/interfaces.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace lapilli::property {

inline constexpr int most_materials = morphology::InterfaceCount::most_phases;

/// How much surface two materials share, and how long the lines are along which three meet (triple-phase boundary), per
/// volume of the image. Lengths in shortest edges of a voxel.
struct Interfaces {
    struct Material {
        std::int32_t label;
        double fraction; ///< of the voxels of the image
    };
    struct Contact {
        std::array<std::int32_t, 2> labels;
        double area; ///< [1/voxel]
    };
    struct Line {
        std::array<std::int32_t, 3> labels;
        double length; ///< [1/voxel²]
    };
    Boundary boundary = Boundary::sealed;
    std::vector<Material> materials; ///< by label
    std::vector<Contact> contacts;   ///< that there are
    std::vector<Line> lines;         ///< that there are
};

/// Areas by Crofton's formula, as the specific surface: how often lines in 13 directions cross from one material to the
/// other. Lengths are two thirds of those of the edges of voxels around which three materials stand: a line without a
/// preferred direction has steps that are 3/2 as long. Collective; the same bits on any number of ranks.
/// @param materials  the voxels of the labels, as phases 1, 2, ... in their order; at least two voxels along each axis
Interfaces measure_interfaces(const image::PoreSpace& materials, const std::vector<std::int32_t>& labels);

} // namespace lapilli::property
