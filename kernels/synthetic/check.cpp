// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "synthetic/check.hpp"

#include "core/error.hpp"

#include <algorithm>

namespace lapilli::synthetic {

void check_shape(const Shape& shape)
{
    for (const Axis axis : all_axes) {
        const auto side = shape.along(axis);
        if (side < 1 || side > largest_side)
            throw input_error("the image has {} voxels along {}; expected 1 to {}; give another --size or --shape", side,
                              name(axis), largest_side);
    }
}

void check_fraction(std::string_view name, double value)
{
    if (!(value > 0 && value < 1))
        throw input_error("the {} is {}; expected a number between 0 and 1, both excluded; give for example 0.4", name,
                          value);
}

void check_length(std::string_view name, double value, double smallest, double largest)
{
    if (!(value >= smallest && value <= largest))
        throw input_error("the {} is {} voxels; expected {} to {} in this image; give another or a larger image", name,
                          value, smallest, largest);
}

double side(const Shape& shape, const EdgeRatios& edges, Axis axis) { return shape.along(axis) * edges.along(axis); }

double longest_side(const Shape& shape, const EdgeRatios& edges)
{
    return std::max({side(shape, edges, Axis::x), side(shape, edges, Axis::y), side(shape, edges, Axis::z)});
}

double default_grain(const Shape& shape, const EdgeRatios& edges)
{
    const double shortest =
        std::min({side(shape, edges, Axis::x), side(shape, edges, Axis::y), side(shape, edges, Axis::z)});
    return std::min(std::max(shortest / 10, 3.0), longest_side(shape, edges));
}

} // namespace lapilli::synthetic
