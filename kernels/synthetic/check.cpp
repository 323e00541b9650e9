// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "synthetic/check.hpp"

#include "error.hpp"

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

std::int64_t shortest_side(const Shape& shape) { return std::min({shape.nx, shape.ny, shape.nz}); }

std::int64_t longest_side(const Shape& shape) { return std::max({shape.nx, shape.ny, shape.nz}); }

double default_grain(const Shape& shape)
{
    const double tenth = static_cast<double>(shortest_side(shape)) / 10;
    return std::min(std::max(tenth, 3.0), static_cast<double>(longest_side(shape)));
}

} // namespace lapilli::synthetic
