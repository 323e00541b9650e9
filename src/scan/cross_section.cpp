// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scan/cross_section.hpp"

#include "core/error.hpp"
#include "segmentation/otsu.hpp"

#include <cmath>
#include <numbers>

namespace lapilli::scan {

namespace {

/// The mean of all planes.
std::vector<Level> mean_plane(const parallel::Communicator& comm, const GreyImage& grey)
{
    std::vector<std::int64_t> sums(grey.shape.plane());
    for (auto z = grey.planes.first; z < grey.planes.last; ++z) {
        const auto plane = grey.plane(z);
        for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += plane[i];
    }
    comm.sum(sums);
    std::vector<Level> mean;
    for (const auto sum : sums) mean.push_back(sum / grey.shape.nz);
    return mean;
}

/// Which voxels of a plane differ from its corners: those on the other side of Otsu's threshold.
std::vector<bool> unlike_corners(const std::vector<Level>& plane, const Shape& shape)
{
    segmentation::Histogram histogram(segmentation::levels);
    segmentation::count(plane, histogram);
    const auto cut = segmentation::otsu(histogram).front();
    const auto last = shape.plane() - 1;
    int bright_corners = 0;
    for (const auto corner : {std::int64_t{0}, shape.nx - 1, last - (shape.nx - 1), last})
        bright_corners += plane[corner] >= cut;
    const bool bright_around = bright_corners > 2;
    std::vector<bool> unlike;
    for (const auto level : plane) unlike.push_back((level >= cut) != bright_around);
    return unlike;
}

} // namespace

CrossSection::CrossSection(const Shape& shape, const PerAxis<std::int64_t>& first, const Cylinder& cylinder)
    : nx_(shape.nx), rows_(shape.ny)
{
    const double x = cylinder.x - 0.5 - first[Axis::x], y = cylinder.y - 0.5 - first[Axis::y];
    const auto inside = [&](double at) { return std::clamp<double>(at, 0, shape.nx); };
    for (std::int64_t row = 0; row < shape.ny; ++row) {
        const double square = cylinder.radius * cylinder.radius - (row - y) * (row - y);
        if (square < 0) continue;
        const double half = std::sqrt(square);
        rows_[row] = {static_cast<std::int64_t>(inside(std::ceil(x - half))),
                      static_cast<std::int64_t>(inside(std::floor(x + half) + 1))};
    }
}

std::int64_t CrossSection::voxels() const
{
    std::int64_t voxels = 0;
    for_each_row([&](auto, auto count) { voxels += count; });
    return voxels;
}

Cylinder find_cylinder(const parallel::Communicator& comm, const GreyImage& grey)
{
    const auto& shape = grey.shape;
    const auto sample = unlike_corners(mean_plane(comm, grey), shape);
    std::int64_t area = 0, sum_x = 0, sum_y = 0;
    for (std::int64_t i = 0; i < shape.plane(); ++i)
        if (sample[i]) {
            ++area;
            sum_x += i % shape.nx;
            sum_y += i / shape.nx;
        }
    Cylinder found;
    if (area > 0)
        found = {static_cast<double>(sum_x) / area + 0.5 + grey.first[Axis::x],
                 static_cast<double>(sum_y) / area + 0.5 + grey.first[Axis::y], std::sqrt(area / std::numbers::pi)};
    std::int64_t common = 0;
    if (area > 0)
        CrossSection(shape, grey.first, found).for_each_row([&](std::int64_t first, std::int64_t count) {
            for (auto i = first; i < first + count; ++i) common += sample[i];
        });
    comm.together([&] {
        constexpr double alike = 0.95;
        if (area == 0 || common < alike * area)
            throw input_error("no round sample stands out from the corners of {}; expected one with its axis along z; say "
                              "where it is with --cylinder x,y,radius",
                              grey.description.path);
    });
    return found;
}

} // namespace lapilli::scan
