// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/interfaces.hpp"

#include "geometry/interfaces.hpp"
#include "morphology/minkowski.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

namespace lapilli::property {

namespace {

/// Of a step, or of an edge of voxels: how many there are in the image.
double places(const image::PoreSpace& image, const morphology::Step& step)
{
    double all = 1;
    for (const Axis axis : all_axes) {
        const auto n = image.shape().along(axis);
        all *= 1.0 * (image.beyond() == Boundary::periodic ? n : n - std::abs(step[index(axis)]));
    }
    return all;
}

double length(const EdgeRatios& edges, const morphology::Step& step)
{
    return std::hypot(step[0] * edges.along(Axis::x), step[1] * edges.along(Axis::y), step[2] * edges.along(Axis::z));
}

double area_of(const image::PoreSpace& image, const std::array<std::int64_t, 13>& pairs)
{
    const auto& edges = image.edges();
    const auto shares = morphology::shares_of_sphere({edges.along(Axis::x), edges.along(Axis::y), edges.along(Axis::z)});
    const auto steps = morphology::steps_to_neighbours();
    double area = 0;
    for (std::size_t i = 0; i < steps.size(); ++i)
        area += 2 * shares[i] * pairs[i] / (places(image, steps[i]) * length(edges, steps[i]));
    return area;
}

double length_of(const image::PoreSpace& image, const std::array<std::int64_t, 3>& edges_of_voxels)
{
    constexpr double of_steps = 2 / 3.0;
    const auto& edges = image.edges();
    const double voxel = edges.along(Axis::x) * edges.along(Axis::y) * edges.along(Axis::z);
    double sum = 0;
    for (const Axis axis : all_axes) {
        morphology::Step across{1, 1, 1};
        across[index(axis)] = 0;
        sum += edges_of_voxels[index(axis)] * edges.along(axis) / (places(image, across) * voxel);
    }
    return of_steps * sum;
}

std::vector<Interfaces::Material> materials_of(const image::PoreSpace& image, const std::vector<std::int32_t>& labels)
{
    std::vector<std::int64_t> count(labels.size());
    for (std::int32_t i = 0; i < image.pores(); ++i) ++count[image.phases().empty() ? 0 : image.phases()[i] - 1];
    image.comm().sum(std::span(count));
    std::vector<Interfaces::Material> materials;
    for (std::size_t i = 0; i < labels.size(); ++i)
        materials.push_back({labels[i], 1.0 * count[i] / image.shape().voxels()});
    return materials;
}

} // namespace

Interfaces measure_interfaces(const image::PoreSpace& image, const std::vector<std::int32_t>& labels)
{
    const auto count = geometry::count_interfaces(geometry::KnownBricks(image, 1));
    Interfaces found{.boundary = image.beyond(), .materials = materials_of(image, labels)};
    const int phases = std::ssize(labels);
    for (int a = 1; a <= phases; ++a)
        for (int b = a + 1; b <= phases; ++b) {
            if (const double area = area_of(image, count.pairs(a, b)); area > 0)
                found.contacts.push_back({{labels[a - 1], labels[b - 1]}, area});
            for (int c = b + 1; c <= phases; ++c) {
                const morphology::InterfaceCount::Triple three{static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(b),
                                                               static_cast<std::uint8_t>(c)};
                if (const double line = length_of(image, count.edges(three)); line > 0)
                    found.lines.push_back({{labels[a - 1], labels[b - 1], labels[c - 1]}, line});
            }
        }
    return found;
}

} // namespace lapilli::property
