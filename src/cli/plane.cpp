// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/plane.hpp"

#include "core/error.hpp"

namespace lapilli::cli {

std::vector<Axis> axes_to_solve(const RunOptions& run, const image::LabelledImage& image, bool flow_wanted)
{
    const auto normal = normal_of_plane(image.shape);
    // a periodic image has nothing above and below but itself, and all axes are solved at once
    if (!normal || run.axes_given || run.boundary == Boundary::periodic) return run.axes;
    auto plane = run.axes;
    std::erase(plane, *normal);
    if (flow_wanted)
        throw input_error("{} is one voxel deep along {}, so flow in it may mean two things; expected --axis {},{} for flow "
                          "in two dimensions, without walls above and below; a gap between two walls needs its depth in "
                          "voxels, 4 or more of them",
                          image.description.path, name(*normal), name(plane.front()), name(plane.back()));
    return plane;
}

} // namespace lapilli::cli
