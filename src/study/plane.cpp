// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/plane.hpp"

#include "core/error.hpp"

namespace lapilli::study {

std::vector<Axis> axes_to_solve(const Options& options, const image::LabelledImage& image)
{
    const auto normal = normal_of_plane(image.shape);
    // a periodic image has nothing above and below but itself, and all axes are solved at once
    if (!normal || options.axes_given || options.boundary == Boundary::periodic) return options.axes;
    auto plane = options.axes;
    std::erase(plane, *normal);
    if (options.flow())
        throw input_error("{} is one voxel deep along {}, so flow in it may mean two things; expected --axis {},{} for flow "
                          "in two dimensions, without walls above and below; a gap between two walls needs its depth in "
                          "voxels, 4 or more of them",
                          image.description.path, name(*normal), name(plane.front()), name(plane.back()));
    return plane;
}

std::vector<Axis> axes_within(const Shape& shape)
{
    std::vector<Axis> axes{all_axes.begin(), all_axes.end()};
    if (const auto normal = normal_of_plane(shape)) std::erase(axes, *normal);
    return axes;
}

} // namespace lapilli::study
