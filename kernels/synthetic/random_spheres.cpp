// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "synthetic/random_spheres.hpp"

#include "synthetic/check.hpp"
#include "synthetic/labels.hpp"
#include "synthetic/random.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace lapilli::synthetic {

namespace {

struct Sphere {
    double x, y, z, radius; ///< [shortest edges]; voxel i has its centre at i + 1/2 of its own edges
};

Sphere sphere(const RandomSpheres& recipe, const RandomStream& random, std::int64_t number)
{
    const std::uint64_t counter = 3 * number;
    const auto position = [&](std::uint64_t n, Axis axis) {
        return random.uniform(counter + n) * (side(recipe.shape, recipe.edges, axis) + 2 * recipe.radius) - recipe.radius;
    };
    return {position(0, Axis::x), position(1, Axis::y), position(2, Axis::z), recipe.radius};
}

/// Voxels [first, last) of a line, `edge` apart, whose centres lie within `reach` of `middle`, cut to [low, high).
PlaneRange stretch(double edge, double middle, double reach, std::int64_t low, std::int64_t high)
{
    const std::int64_t first = std::ceil((middle - reach) / edge - 0.5);
    const std::int64_t last = std::floor((middle + reach) / edge - 0.5) + 1;
    return {std::max(first, low), std::min(last, high)};
}

double chord(double radius, double distance_squared) { return std::sqrt(std::max(0.0, radius * radius - distance_squared)); }

double squared_offset(double edge, std::int64_t i, double middle)
{
    const double offset = (i + 0.5) * edge - middle;
    return offset * offset;
}

/// The image's planes in hand, and what has been painted in them.
struct Canvas {
    const Shape& shape;
    const EdgeRatios& edges;
    PlaneRange planes;
    std::span<std::uint8_t> labels;
    std::uint8_t paint;
    std::vector<std::int64_t> painted;

    void paint_row(std::int64_t row, PlaneRange x)
    {
        for (auto at = row + x.first; at < row + x.last; ++at) {
            auto& label = labels[at];
            if (label == paint) continue;
            label = paint;
            painted.push_back(at);
        }
    }

    void paint_sphere(const Sphere& s)
    {
        const double ex = edges.along(Axis::x), ey = edges.along(Axis::y), ez = edges.along(Axis::z);
        const auto z_range = stretch(ez, s.z, s.radius, planes.first, planes.last);
        for (auto z = z_range.first; z < z_range.last; ++z) {
            const double dz2 = squared_offset(ez, z, s.z);
            const auto y_range = stretch(ey, s.y, chord(s.radius, dz2), 0, shape.ny);
            for (auto y = y_range.first; y < y_range.last; ++y) {
                const auto x_range = stretch(ex, s.x, chord(s.radius, dz2 + squared_offset(ey, y, s.y)), 0, shape.nx);
                paint_row(((z - planes.first) * shape.ny + y) * shape.nx, x_range);
            }
        }
    }
};

} // namespace

void check(const RandomSpheres& recipe)
{
    check_shape(recipe.shape);
    check_fraction("porosity", recipe.porosity);
    check_length("radius of the spheres", recipe.radius, 1, longest_side(recipe.shape, recipe.edges));
}

std::uint8_t background(const RandomSpheres& recipe) { return recipe.invert ? solid : pore; }

std::int64_t voxels_to_cover(const RandomSpheres& recipe)
{
    const double covered = recipe.invert ? recipe.porosity : 1 - recipe.porosity;
    return std::llround(covered * recipe.shape.voxels());
}

std::int64_t spheres_at_a_time(const RandomSpheres& recipe)
{
    const double ball = 4.0 / 3.0 * std::numbers::pi * recipe.radius * recipe.radius * recipe.radius;
    return std::clamp(0x1p22 / ball, 1.0, 0x1p20);
}

std::vector<std::int64_t> paint(const RandomSpheres& recipe, std::int64_t first, PlaneRange planes,
                                std::span<std::uint8_t> labels, std::span<std::int64_t> fresh)
{
    const RandomStream random(recipe.seed);
    const std::uint8_t label = recipe.invert ? pore : solid;
    Canvas canvas{
        .shape = recipe.shape, .edges = recipe.edges, .planes = planes, .labels = labels, .paint = label, .painted = {}};
    std::size_t before = 0;
    for (auto& voxels : fresh) {
        canvas.paint_sphere(sphere(recipe, random, first++));
        voxels = (canvas.painted.size() - before);
        before = canvas.painted.size();
    }
    return std::move(canvas.painted);
}

} // namespace lapilli::synthetic
