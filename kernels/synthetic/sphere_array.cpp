// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "synthetic/sphere_array.hpp"

#include "error.hpp"
#include "synthetic/check.hpp"
#include "synthetic/labels.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

namespace lapilli::synthetic {

namespace {

constexpr std::int64_t nowhere = std::numeric_limits<std::int64_t>::max() / 4;

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

/// Squared distances from the voxel centres of a cell to the nearest lattice point, in half voxels: exact integers. A
/// lattice point is at 0 (corner) or at half the edge (middle) along each axis, which makes a table per axis enough.
class CellDistances {
public:
    CellDistances(Lattice lattice, std::int64_t edge) : lattice_(lattice)
    {
        for (std::int64_t i = 0; i < edge; ++i) {
            const auto to_corner = std::min(2 * i + 1, 2 * edge - 2 * i - 1);
            const auto to_middle = std::abs(2 * i + 1 - edge);
            corner_.push_back(to_corner * to_corner);
            middle_.push_back(to_middle * to_middle);
        }
    }

    std::span<const std::int64_t> to_corner() const { return corner_; }
    std::span<const std::int64_t> to_middle() const { return middle_; }

    /// Across a row of voxels: what is to be added to the distances along x, for lattice points at x = 0 and in the middle.
    struct Across {
        std::int64_t corner = nowhere;
        std::int64_t middle = nowhere;
    };
    Across across(std::int64_t z, std::int64_t y) const
    {
        const auto c_z = corner_[static_cast<std::size_t>(z)], m_z = middle_[static_cast<std::size_t>(z)];
        const auto c_y = corner_[static_cast<std::size_t>(y)], m_y = middle_[static_cast<std::size_t>(y)];
        if (lattice_ == Lattice::simple_cubic) return {.middle = m_z + m_y};
        if (lattice_ == Lattice::body_centred) return {.corner = c_z + c_y, .middle = m_z + m_y};
        return {.corner = std::min(c_z + c_y, m_z + m_y), .middle = std::min(c_z + m_y, m_z + c_y)};
    }

private:
    Lattice lattice_;
    std::vector<std::int64_t> corner_;
    std::vector<std::int64_t> middle_;
};

/// Voxels of the cell whose squared distance [half voxels squared] is at most `reach`. By the mirror symmetry of the cell
/// one octant is walked; along x both tables are monotone there, so a row costs two binary searches.
std::int64_t voxels_within(const CellDistances& distances, std::int64_t edge, std::int64_t reach)
{
    const auto half = (edge + 1) / 2;
    const auto corner = distances.to_corner().first(static_cast<std::size_t>(half));
    const auto middle = distances.to_middle().first(static_cast<std::size_t>(half));
    const bool odd = edge % 2 != 0;
    const auto weight = [&](std::int64_t i) { return odd && i == half - 1 ? 1 : 2; };
    std::int64_t voxels = 0;
    for (std::int64_t z = 0; z < half; ++z)
        for (std::int64_t y = 0; y < half; ++y) {
            const auto add = distances.across(z, y);
            const auto from_start = std::upper_bound(corner.begin(), corner.end(), reach - add.corner) - corner.begin();
            const auto from_end = std::upper_bound(middle.rbegin(), middle.rend(), reach - add.middle) - middle.rbegin();
            const auto covered = std::min(half, from_start + from_end);
            const bool mid_plane = odd && (from_end > 0 || from_start == half);
            voxels += weight(z) * weight(y) * (2 * covered - (mid_plane ? 1 : 0));
        }
    return voxels;
}

/// The squared reach [half voxels squared] whose voxel count comes nearest to the asked solid fraction.
std::int64_t nearest_reach(const SphereArray& recipe, std::int64_t edge)
{
    const CellDistances distances(recipe.lattice, edge);
    const double wanted = recipe.solid_fraction * static_cast<double>(edge * edge * edge);
    const auto count = [&](std::int64_t reach) { return static_cast<double>(voxels_within(distances, edge, reach)); };
    std::int64_t below = 0, above = 3 * edge * edge;
    while (above - below > 1) {
        const auto between = below + (above - below) / 2;
        (count(between) <= wanted ? below : above) = between;
    }
    return wanted - count(below) <= count(above) - wanted ? below : above;
}

/// Squared radius in half voxels.
std::int64_t reach_of(const SphereArray& recipe)
{
    const auto edge = recipe.shape.nx / recipe.cells;
    if (recipe.solid_fraction > touching_fraction(recipe.lattice)) return nearest_reach(recipe, edge);
    const double radius = sphere_radius(recipe);
    return static_cast<std::int64_t>(4 * radius * radius);
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
    const auto edge = recipe.shape.nx / recipe.cells;
    if (recipe.solid_fraction > touching_fraction(recipe.lattice))
        return 0.5 * std::sqrt(static_cast<double>(nearest_reach(recipe, edge)));
    const double balls = spheres_per_cell(recipe.lattice) * 4.0 / 3.0 * std::numbers::pi;
    return static_cast<double>(edge) * std::cbrt(recipe.solid_fraction / balls);
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
    const auto edge = nx / recipe.cells;
    if (ny % edge != 0 || nz % edge != 0)
        throw input_error(
            "cubic cells of {} voxels do not tile {} x {} x {} voxels (z, y, x); expected sides that are multiples "
            "of nx / cells; give another shape or number of cells",
            edge, nz, ny, nx);
}

void fill(const SphereArray& recipe, PlaneRange planes, std::span<std::uint8_t> labels)
{
    const auto edge = recipe.shape.nx / recipe.cells;
    const auto reach = reach_of(recipe);
    const CellDistances distances(recipe.lattice, edge);
    const auto corner = distances.to_corner(), middle = distances.to_middle();
    auto row = labels.begin();
    for (auto z = planes.first; z < planes.last; ++z)
        for (std::int64_t y = 0; y < recipe.shape.ny; ++y) {
            const auto add = distances.across(z % edge, y % edge);
            for (std::int64_t cell = 0; cell < recipe.cells; ++cell, row += edge)
                for (std::int64_t x = 0; x < edge; ++x) {
                    const auto i = static_cast<std::size_t>(x);
                    const bool inside = corner[i] + add.corner <= reach || middle[i] + add.middle <= reach;
                    row[x] = inside ? solid : pore;
                }
        }
}

} // namespace lapilli::synthetic
