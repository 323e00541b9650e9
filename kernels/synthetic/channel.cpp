// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "synthetic/channel.hpp"

#include "synthetic/check.hpp"
#include "synthetic/fill.hpp"
#include "synthetic/labels.hpp"

#include <cmath>
#include <numbers>

namespace lapilli::synthetic {

namespace {

/// A stretch of `length` voxels in the middle of `side` voxels.
struct Middle {
    Middle(std::int64_t side, std::int64_t length) : first((side - length) / 2), last(first + length) {}
    bool contains(std::int64_t i) const { return i >= first && i < last; }
    std::int64_t first;
    std::int64_t last;
};

double voxels(const Shape& shape, Axis axis) { return shape.along(axis); }

/// Position of the centre of voxel i, from the middle of the image [voxels]. A multiple of 1/2: exact.
double from_middle(std::int64_t i, std::int64_t count) { return 0.5 * (2 * i + 1 - count); }

} // namespace

double default_radius(const Shape& shape, const EdgeRatios& edges, Axis axis)
{
    const auto [a, b] = across(axis);
    return 0.5 * std::min(side(shape, edges, a), side(shape, edges, b));
}

std::int64_t default_opening(const Shape& shape, Axis along) { return std::max<std::int64_t>(1, shape.along(along) / 2); }

double largest_triangle(const Shape& shape, const EdgeRatios& edges, Axis axis)
{
    const auto [a, b] = across(axis);
    return std::min(side(shape, edges, a), side(shape, edges, b) * 2 * std::numbers::inv_sqrt3);
}

void check(const Slit& recipe)
{
    check_shape(recipe.shape);
    check_length("height of the slit", recipe.height, 1, voxels(recipe.shape, recipe.axis));
}

void check(const Tube& recipe)
{
    check_shape(recipe.shape);
    const double largest = default_radius(recipe.shape, recipe.edges, recipe.axis);
    check_length("radius of the tube", recipe.radius, std::min(1.0, largest), largest); // less may hit no voxel centre
}

void check(const RectangularDuct& recipe)
{
    check_shape(recipe.shape);
    const auto [a, b] = across(recipe.axis);
    check_length("width of the duct", recipe.width, 1, voxels(recipe.shape, a));
    check_length("height of the duct", recipe.height, 1, voxels(recipe.shape, b));
}

void check(const TriangularDuct& recipe)
{
    check_shape(recipe.shape);
    check_length("side of the triangle", recipe.side, 2, largest_triangle(recipe.shape, recipe.edges, recipe.axis));
}

void fill(const Slit& recipe, PlaneRange planes, std::span<std::uint8_t> labels)
{
    const Middle opening(recipe.shape.along(recipe.axis), recipe.height);
    fill_along(recipe.shape, planes, recipe.axis, labels,
               [&](std::int64_t i) { return opening.contains(i) ? pore : solid; });
}

void fill(const Tube& recipe, PlaneRange planes, std::span<std::uint8_t> labels)
{
    const auto [a, b] = across(recipe.axis);
    const auto count_a = recipe.shape.along(a);
    const auto count_b = recipe.shape.along(b);
    fill_across(recipe.shape, planes, recipe.axis, labels, [&](std::int64_t i, std::int64_t j) {
        const double u = from_middle(i, count_a) * recipe.edges.along(a);
        const double v = from_middle(j, count_b) * recipe.edges.along(b);
        return u * u + v * v <= recipe.radius * recipe.radius ? pore : solid;
    });
}

void fill(const RectangularDuct& recipe, PlaneRange planes, std::span<std::uint8_t> labels)
{
    const auto [a, b] = across(recipe.axis);
    const Middle width(recipe.shape.along(a), recipe.width);
    const Middle height(recipe.shape.along(b), recipe.height);
    fill_across(recipe.shape, planes, recipe.axis, labels,
                [&](std::int64_t i, std::int64_t j) { return width.contains(i) && height.contains(j) ? pore : solid; });
}

void fill(const TriangularDuct& recipe, PlaneRange planes, std::span<std::uint8_t> labels)
{
    const auto [a, b] = across(recipe.axis);
    const auto count_a = recipe.shape.along(a);
    const double height = 0.5 * std::numbers::sqrt3 * recipe.side;
    const double edge = recipe.edges.along(b);
    const double base = std::floor(0.5 * (voxels(recipe.shape, b) - height / edge));
    fill_across(recipe.shape, planes, recipe.axis, labels, [&](std::int64_t i, std::int64_t j) {
        const double above = (j + 0.5 - base) * edge;
        const double half_width = (height - above) * std::numbers::inv_sqrt3;
        return above > 0 && std::abs(from_middle(i, count_a)) * recipe.edges.along(a) <= half_width ? pore : solid;
    });
}

} // namespace lapilli::synthetic
