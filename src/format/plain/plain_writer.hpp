// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/image_writer.hpp"

#include <memory>
#include <string>

namespace lapilli::format {

/// What stands around the voxels of a file in which they lie in one piece.
struct Frame {
    std::string head = {};
    std::string tail = {};
};

/// The head, the voxels, x fastest, in the order of bytes of this machine, and the tail.
std::unique_ptr<ImageWriter> create_plain(const std::string& path, const NewImage& image, Frame frame);

/// How many units a length is: the number nearest to it that gives back the length, to the last digit where there is such a
/// number, when a reader multiplies it by the unit [m].
double in_units(double length_m, double unit_m);

/// The edges along x, y and z in a unit, as heads have them: "0.002 0.002 0.004".
std::string edges_in_units(const VoxelEdges& edges_m, double unit_m);

} // namespace lapilli::format
