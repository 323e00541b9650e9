// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/pixel_density.hpp"

#include "text/sentence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace lapilli::format {
namespace {

constexpr double inch = 0.0254; // [m]
constexpr double alike = 1e-4;

} // namespace

double six_digits(double value)
{
    std::array<char, 32> digits{};
    const auto written =
        std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::scientific, 5);
    std::from_chars(digits.data(), written.ptr, value);
    return value;
}

bool is_usual_density(double per_metre)
{
    constexpr std::array usual{1., 25.4, 72., 96., 100., 150., 300., 600.}; // [1/inch]
    const double per_inch = per_metre * inch;
    return std::abs(per_metre - 1) <= alike || std::ranges::any_of(usual, [&](double dpi) {
               return std::abs(per_inch - dpi) <= std::max(alike * dpi, inch); // PNG and BMP have whole numbers per metre
           });
}

VoxelSize cubes_of_pixels(double x_m, double y_m)
{
    if (std::abs(x_m - y_m) <= alike * y_m) return {VoxelEdges::cube(six_digits(x_m)), {}, "its resolution"};
    return {std::nullopt,
            {fmt::format("the file says pixels of {} x {} (x, y) and nothing of z, so the voxel size is not known; give it "
                         "with --voxel",
                         text::length_text(x_m), text::length_text(y_m))}};
}

VoxelSize cubes_of_density(double x_per_metre, double y_per_metre)
{
    if (!(x_per_metre > 0) || !(y_per_metre > 0) || is_usual_density(x_per_metre)) return {};
    return cubes_of_pixels(1 / x_per_metre, 1 / y_per_metre);
}

} // namespace lapilli::format
