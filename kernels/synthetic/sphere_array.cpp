// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "synthetic/sphere_array.hpp"

#include "core/error.hpp"
#include "synthetic/check.hpp"
#include "synthetic/labels.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

namespace lapilli::synthetic {

namespace {

constexpr double nowhere = std::numeric_limits<double>::max() / 4;

/// A cell of the lattice, in voxels; and its edge [shortest edges].
struct Cell {
    explicit Cell(const SphereArray& recipe) : edge((recipe.shape.nx / recipe.cells) * recipe.edges.along(Axis::x))
    {
        for (const Axis axis : all_axes) voxels[axis] = std::llround(edge / recipe.edges.along(axis));
    }
    std::int64_t along(Axis axis) const { return voxels[axis]; }
    double all() const { return along(Axis::x) * along(Axis::y) * along(Axis::z); }
    double edge;
    PerAxis<std::int64_t> voxels{};
};

int spheres_per_cell(Lattice lattice)
{
    return lattice == Lattice::simple_cubic ? 1 : lattice == Lattice::body_centred ? 2 : 4;
}

/// Largest solid fraction of spheres that do not overlap: half the shortest distance of two lattice points is the radius.
double touching_fraction(Lattice lattice)
{
    const double radius = lattice == Lattice::simple_cubic   ? 0.5
                          : lattice == Lattice::body_centred ? 0.25 * std::numbers::sqrt3
                                                             : 0.25 * std::numbers::sqrt2;
    return spheres_per_cell(lattice) * 4.0 / 3.0 * std::numbers::pi * radius * radius * radius;
}

/// Squared distances from the voxel centres of a cell to the nearest lattice point, in half shortest edges: of cubes, exact
/// integers. A lattice point is at 0 (corner) or at half the edge (middle) along each axis, which makes a table per axis
/// enough.
class CellDistances {
public:
    CellDistances(const SphereArray& recipe, const Cell& cell) : lattice_(recipe.lattice)
    {
        for (const Axis axis : all_axes)
            for (std::int64_t i = 0, voxels = cell.along(axis); i < voxels; ++i) {
                const auto squared = [&](std::int64_t halves) {
                    const double distance = halves * recipe.edges.along(axis);
                    return distance * distance;
                };
                corner_[axis].push_back(squared(std::min(2 * i + 1, 2 * voxels - 2 * i - 1)));
                middle_[axis].push_back(squared(std::abs(2 * i + 1 - voxels)));
            }
    }

    /// Along x.
    std::span<const double> to_corner() const { return corner_[Axis::x]; }
    std::span<const double> to_middle() const { return middle_[Axis::x]; }

    /// Across a row of voxels: what is to be added to the distances along x, for lattice points at x = 0 and in the middle.
    struct Across {
        double corner = nowhere;
        double middle = nowhere;
    };
    Across across(std::int64_t z, std::int64_t y) const
    {
        const auto c_z = corner_[Axis::z][z], m_z = middle_[Axis::z][z];
        const auto c_y = corner_[Axis::y][y], m_y = middle_[Axis::y][y];
        if (lattice_ == Lattice::simple_cubic) return {.middle = m_z + m_y};
        if (lattice_ == Lattice::body_centred) return {.corner = c_z + c_y, .middle = m_z + m_y};
        return {.corner = std::min(c_z + c_y, m_z + m_y), .middle = std::min(c_z + m_y, m_z + c_y)};
    }

private:
    Lattice lattice_;
    PerAxis<std::vector<double>> corner_, middle_;
};

/// Voxels of the cell whose squared distance [half shortest edges squared] is at most `reach`. By the mirror symmetry of the
/// cell one octant is walked; along x both tables are monotone there, so a row costs two binary searches.
std::int64_t voxels_within(const CellDistances& distances, const Cell& cell, double reach)
{
    const auto half_of = [&](Axis axis) { return (cell.along(axis) + 1) / 2; };
    const auto is_odd = [&](Axis axis) { return cell.along(axis) % 2 != 0; };
    const auto half = half_of(Axis::x);
    const auto corner = distances.to_corner().first(half);
    const auto middle = distances.to_middle().first(half);
    const bool odd = is_odd(Axis::x);
    const auto weight = [&](Axis axis, std::int64_t i) { return is_odd(axis) && i == half_of(axis) - 1 ? 1 : 2; };
    std::int64_t voxels = 0;
    for (std::int64_t z = 0; z < half_of(Axis::z); ++z)
        for (std::int64_t y = 0; y < half_of(Axis::y); ++y) {
            const auto add = distances.across(z, y);
            const auto from_start = std::upper_bound(corner.begin(), corner.end(), reach - add.corner) - corner.begin();
            const auto from_end = std::upper_bound(middle.rbegin(), middle.rend(), reach - add.middle) - middle.rbegin();
            const auto covered = std::min(half, from_start + from_end);
            const bool mid_plane = odd && (from_end > 0 || from_start == half);
            voxels += weight(Axis::z, z) * weight(Axis::y, y) * (2 * covered - (mid_plane ? 1 : 0));
        }
    return voxels;
}

/// The squared reach [half shortest edges squared], a whole number, whose voxel count comes nearest to the asked solid
/// fraction.
std::int64_t nearest_reach(const SphereArray& recipe)
{
    const Cell cell(recipe);
    const CellDistances distances(recipe, cell);
    const double wanted = recipe.solid_fraction * cell.all();
    const auto count = [&](std::int64_t reach) { return voxels_within(distances, cell, reach); };
    std::int64_t below = 0, above = std::llround(3 * cell.edge * cell.edge) + 1;
    while (above - below > 1) {
        const auto between = below + (above - below) / 2;
        (count(between) <= wanted ? below : above) = between;
    }
    return wanted - count(below) <= count(above) - wanted ? below : above;
}

/// Squared radius [half shortest edges squared].
double reach_of(const SphereArray& recipe)
{
    if (recipe.solid_fraction > touching_fraction(recipe.lattice)) return nearest_reach(recipe);
    const double radius = sphere_radius(recipe);
    return 4 * radius * radius;
}

} // namespace

Lattice lattice_from(std::string_view letters)
{
    for (const auto lattice : {Lattice::simple_cubic, Lattice::body_centred, Lattice::face_centred})
        if (letters == synthetic::letters(lattice)) return lattice;
    throw input_error("no lattice is called {}; expected sc, bcc or fcc; give one of them", letters);
}

std::string_view letters(Lattice lattice)
{
    return lattice == Lattice::simple_cubic ? "sc" : lattice == Lattice::body_centred ? "bcc" : "fcc";
}

double sphere_radius(const SphereArray& recipe)
{
    if (recipe.solid_fraction > touching_fraction(recipe.lattice)) return 0.5 * std::sqrt(nearest_reach(recipe));
    const double balls = spheres_per_cell(recipe.lattice) * 4.0 / 3.0 * std::numbers::pi;
    return Cell(recipe).edge * std::cbrt(recipe.solid_fraction / balls);
}

void check(const SphereArray& recipe)
{
    check_shape(recipe.shape);
    check_fraction("solid fraction", recipe.solid_fraction);
    const auto& [nz, ny, nx] = recipe.shape;
    if (recipe.cells < 1 || nx % recipe.cells != 0)
        throw input_error(
            "{} cells do not tile {} voxels along x; expected a divisor of the side; give another number of cells",
            recipe.cells, nx);
    const Cell cell(recipe);
    for (const Axis axis : all_axes) {
        const auto voxels = cell.along(axis);
        const double edge = voxels * recipe.edges.along(axis);
        if (voxels < 1 || recipe.shape.along(axis) % voxels != 0 || std::abs(edge / cell.edge - 1) > 1e-6)
            throw input_error(
                "cubic cells of {} voxels along x do not tile {} x {} x {} voxels (z, y, x); expected sides that are "
                "multiples of the cell's, which has the same length along all axes; give another shape or number of cells",
                cell.along(Axis::x), nz, ny, nx);
    }
}

void fill(const SphereArray& recipe, PlaneRange planes, std::span<std::uint8_t> labels)
{
    const Cell cell(recipe);
    const auto edge = cell.along(Axis::x);
    const auto reach = reach_of(recipe);
    const CellDistances distances(recipe, cell);
    const auto corner = distances.to_corner(), middle = distances.to_middle();
    auto row = labels.begin();
    for (auto z = planes.first; z < planes.last; ++z)
        for (std::int64_t y = 0; y < recipe.shape.ny; ++y) {
            const auto add = distances.across(z % cell.along(Axis::z), y % cell.along(Axis::y));
            for (std::int64_t number = 0; number < recipe.cells; ++number, row += edge)
                for (std::int64_t x = 0; x < edge; ++x) {
                    const std::size_t i = x;
                    const bool inside = corner[i] + add.corner <= reach || middle[i] + add.middle <= reach;
                    row[x] = inside ? solid : pore;
                }
        }
}

} // namespace lapilli::synthetic
