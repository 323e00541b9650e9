// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "morphology/minkowski.hpp"

#include <Eigen/Geometry>

#include <bit>
#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>
#include <vector>

namespace lapilli::morphology {

namespace {

using Point = Eigen::Vector3d;
constexpr unsigned voxels_of_cell = 8;
constexpr unsigned full = 255;

/// Whether all of these voxels, a bit each, are pores of a configuration.
constexpr bool has(unsigned configuration, unsigned voxels) { return (configuration & voxels) == voxels; }

/// What a cell counts of a part of the image that extends along these axes (steps of a cell, added): the others
/// belong to the cells beside it that have it, too.
constexpr double share_of(unsigned axes) { return 1.0 / (voxels_of_cell >> static_cast<unsigned>(std::popcount(axes))); }

/// Vertices - edges + squares - cubes of pores, 6-connected.
double euler_6(unsigned configuration)
{
    double sum = 0;
    for (unsigned axes = 0; axes < voxels_of_cell; ++axes)
        for (unsigned lowest = 0; lowest < voxels_of_cell; ++lowest) {
            if ((lowest & axes) != 0) continue;
            unsigned box = 0;
            for (unsigned v = 0; v < voxels_of_cell; ++v)
                if ((v & ~axes) == lowest) box |= 1U << v;
            if (has(configuration, box)) sum += std::popcount(axes) % 2 == 0 ? share_of(axes) : -share_of(axes);
        }
    return sum;
}

/// Place of a voxel of a cell along a step, in lattice planes across it.
int level_of(unsigned voxel, const Step& normal)
{
    int level = 0;
    for (const Axis axis : all_axes)
        if ((voxel & step_along(axis)) != 0) level += normal[index(axis)];
    return level;
}

/// Voxels of a cell, and what the cell counts of them.
struct Part {
    unsigned voxels = 0;
    double share = 0;
};

Part part_of(unsigned voxels)
{
    unsigned axes = 0;
    for (unsigned u = 0; u < voxels_of_cell; ++u)
        for (unsigned v = 0; v < u; ++v)
            if (has(voxels, 1U << u | 1U << v)) axes |= u ^ v;
    return {voxels, share_of(axes)};
}

/// The voxels of a cell that lie in one plane: one, two, a triangle or a rectangle.
struct Polygon {
    Part face;
    std::vector<Part> edges;
};

Polygon polygon_of(unsigned voxels)
{
    Polygon polygon{part_of(voxels), {}};
    const bool rectangle = std::popcount(voxels) == 4;
    for (unsigned u = 0; u < voxels_of_cell; ++u)
        for (unsigned v = 0; v < u; ++v) {
            const auto edge = part_of(1U << u | 1U << v);
            const bool diagonal = rectangle && edge.share == polygon.face.share; // it spans all that the rectangle does
            if (has(voxels, edge.voxels) && !diagonal) polygon.edges.push_back(edge);
        }
    return polygon;
}

/// The polygons in which the lattice planes across a step cut a cell.
std::vector<Polygon> sections_across(const Step& normal)
{
    std::vector<Polygon> sections;
    for (int level = -2; level <= 3; ++level) {
        unsigned voxels = 0;
        for (unsigned v = 0; v < voxels_of_cell; ++v)
            if (level_of(v, normal) == level) voxels |= 1U << v;
        if (voxels != 0) sections.push_back(polygon_of(voxels));
    }
    return sections;
}

/// Vertices - edges + faces of pores.
double euler_of(const Polygon& polygon, unsigned configuration)
{
    double sum = std::popcount(configuration & polygon.face.voxels) * share_of(0);
    for (const auto& edge : polygon.edges)
        if (has(configuration, edge.voxels)) sum -= edge.share;
    if (std::popcount(polygon.face.voxels) > 2 && has(configuration, polygon.face.voxels)) sum += polygon.face.share;
    return sum;
}

/// The Euler number of the sections of a cell: the mean of those with the fewest and with the most neighbours in the plane,
/// so that solid counts as pores do, with the other sign.
double euler_of(const std::vector<Polygon>& sections, unsigned configuration)
{
    double sum = 0;
    for (const auto& polygon : sections)
        sum += 0.5 * (euler_of(polygon, configuration) - euler_of(polygon, ~configuration & full));
    return sum;
}

/// Pairs of a pore and a solid voxel that are a step apart.
double crossings(unsigned configuration, const Step& step)
{
    unsigned up = 0, down = 0;
    for (const Axis axis : all_axes) {
        const int along = step[index(axis)];
        if (along > 0) up |= step_along(axis);
        if (along < 0) down |= step_along(axis);
    }
    const unsigned axes = up | down;
    double sum = 0;
    for (unsigned v = 0; v < voxels_of_cell; ++v)
        if ((v & axes) == down && (configuration >> v & 1U) != (configuration >> (v ^ axes) & 1U)) sum += share_of(axes);
    return sum;
}

Point point_of(const Step& step, const PerAxis<double>& edges)
{
    Point p;
    for (const Axis axis : all_axes) p[index(axis)] = step[index(axis)] * edges[axis];
    return p;
}

/// What is left of a convex polygon where along · p >= 0.
std::vector<Point> cut(const std::vector<Point>& polygon, const Point& along)
{
    std::vector<Point> rest;
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        const Point &p = polygon[i], &q = polygon[(i + 1) % polygon.size()];
        const double of_p = along.dot(p), of_q = along.dot(q);
        if (of_p >= 0) rest.push_back(p);
        if ((of_p >= 0) != (of_q >= 0)) rest.push_back((p * of_q - q * of_p) / (of_q - of_p));
    }
    return rest;
}

/// The solid angle of a triangle seen from the origin: van Oosterom and Strackee, IEEE Trans. Biomed. Eng. 30 (1983) 125.
double solid_angle(const Point& p, const Point& q, const Point& r)
{
    const double a = p.norm(), b = q.norm(), c = r.norm();
    return 2 * std::atan2(std::abs(p.dot(q.cross(r))), a * b * c + p.dot(q) * c + p.dot(r) * b + q.dot(r) * a);
}

/// The part of the sphere nearer to the direction `own` than to any of `all` and their opposites, among which are three at
/// right angles: so it is within 55 degrees.
double share_of_direction(const Point& own, const std::vector<Point>& all)
{
    const Point side = own.unitOrthogonal(), other = own.cross(side);
    std::vector<Point> cell; // in the plane that touches the sphere there
    for (const auto& [s, t] : {std::pair{-2, -2}, {2, -2}, {2, 2}, {-2, 2}}) cell.push_back(own + s * side + t * other);
    for (const auto& direction : all) {
        if (direction == own) continue;
        cell = cut(cell, own - direction);
        cell = cut(cell, own + direction);
    }
    double angle = 0;
    for (std::size_t i = 0; i < cell.size(); ++i) angle += solid_angle(own, cell[i], cell[(i + 1) % cell.size()]);
    return angle / (4 * std::numbers::pi);
}

} // namespace

std::array<Step, 13> steps_to_neighbours()
{
    std::array<Step, 13> steps{};
    for (int i = 0; i < 13; ++i) { // the upper half of the 27 places of a cube of 3³
        const int place = i + 14;
        steps[i] = {place % 3 - 1, place / 3 % 3 - 1, place / 9 - 1};
    }
    return steps;
}

std::array<double, 13> shares_of_sphere(const PerAxis<double>& edges)
{
    std::vector<Point> directions;
    for (const auto& step : steps_to_neighbours()) directions.push_back(point_of(step, edges).normalized());
    std::array<double, 13> shares{};
    for (std::size_t i = 0; i < shares.size(); ++i) shares[i] = 2 * share_of_direction(directions[i], directions);
    return shares;
}

std::array<double, 13> crossings_per_length(const Configurations& cells, const PerAxis<double>& edges)
{
    const auto steps = steps_to_neighbours();
    const double all = std::accumulate(cells.begin(), cells.end(), std::int64_t{0});
    std::array<double, 13> found{};
    for (std::size_t i = 0; i < steps.size() && all > 0; ++i) {
        double sum = 0;
        for (unsigned c = 0; c < cells.size(); ++c) sum += 1.0 * cells[c] * crossings(c, steps[i]);
        found[i] = sum / (all * point_of(steps[i], edges).norm());
    }
    return found;
}

std::array<double, 256> surface_of_cells(const PerAxis<double>& edges)
{
    const auto steps = steps_to_neighbours();
    const auto shares = shares_of_sphere(edges);
    const double voxel = edges[Axis::x] * edges[Axis::y] * edges[Axis::z];
    std::array<double, 256> surface{};
    for (unsigned c = 0; c < surface.size(); ++c)
        for (std::size_t i = 0; i < steps.size(); ++i)
            surface[c] += 2 * shares[i] * crossings(c, steps[i]) * voxel / point_of(steps[i], edges).norm();
    return surface;
}

Minkowski minkowski(const Configurations& cells, const PerAxis<double>& edges)
{
    const auto steps = steps_to_neighbours();
    const double voxel = edges[Axis::x] * edges[Axis::y] * edges[Axis::z];
    const PerAxis<double> inverse{1 / edges[Axis::x], 1 / edges[Axis::y], 1 / edges[Axis::z]};
    const auto surface = surface_of_cells(edges);
    const auto of_planes = shares_of_sphere(inverse); // normals are steps of the inverse
    std::array<double, 13> per_section{};
    std::array<std::vector<Polygon>, 13> sections;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        sections[i] = sections_across(steps[i]);
        per_section[i] = 2 * std::numbers::pi * of_planes[i] / point_of(steps[i], inverse).norm();
    }
    Minkowski sum;
    for (unsigned c = 0; c < cells.size(); ++c) {
        const double count = cells[c];
        sum.surface += count * surface[c];
        sum.volume += count * std::popcount(c) * share_of(0) * voxel;
        sum.euler_6 += count * euler_6(c);
        sum.euler_26 += count * euler_6(~c & full); // what is 6-connected in the solid is 26-connected in the pores
        for (std::size_t i = 0; i < steps.size(); ++i) sum.curvature += count * per_section[i] * euler_of(sections[i], c);
    }
    return sum;
}

} // namespace lapilli::morphology
