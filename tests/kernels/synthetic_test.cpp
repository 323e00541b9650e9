// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "core/error.hpp"
#include "support/catch.hpp"
#include "synthetic/blobs.hpp"
#include "synthetic/channel.hpp"
#include "synthetic/layers.hpp"
#include "synthetic/random_spheres.hpp"
#include "synthetic/sphere_array.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

using namespace lapilli;
using namespace lapilli::synthetic;

namespace {

using Labels = std::vector<std::uint8_t>;

template <class Recipe>
Labels part(const Recipe& recipe, PlaneRange planes)
{
    Labels labels(static_cast<std::size_t>(planes.count() * recipe.shape.plane()), 77);
    synthetic::fill(recipe, planes, labels);
    return labels;
}

template <class Recipe>
Labels whole(const Recipe& recipe)
{
    return part(recipe, {0, recipe.shape.nz});
}

/// The first 300 spheres.
Labels part(const RandomSpheres& recipe, PlaneRange planes)
{
    Labels labels(static_cast<std::size_t>(planes.count() * recipe.shape.plane()), background(recipe));
    std::vector<std::int64_t> fresh(300);
    paint(recipe, 0, planes, labels, fresh);
    return labels;
}

/// The field's bits, one byte after the other.
Labels part(const Blobs& recipe, PlaneRange planes)
{
    const auto field = random_field(recipe, planes);
    const auto bytes = std::as_bytes(std::span<const float>(field));
    Labels labels;
    for (const auto byte : bytes) labels.push_back(static_cast<std::uint8_t>(byte));
    return labels;
}

/// Slabs of odd heights, empty ones among them, one after the other.
template <class Recipe>
Labels in_slabs(const Recipe& recipe)
{
    Labels all;
    const auto nz = recipe.shape.nz;
    std::int64_t first = 0;
    for (const std::int64_t cut : {std::int64_t{1}, std::int64_t{1}, nz / 3, nz / 2 + 1, nz}) {
        const auto labels = part(recipe, {first, cut});
        all.insert(all.end(), labels.begin(), labels.end());
        first = cut;
    }
    return all;
}

std::int64_t pores(const Labels& labels) { return std::count(labels.begin(), labels.end(), std::uint8_t{0}); }

double fraction(const Labels& labels, std::uint8_t label)
{
    return static_cast<double>(std::count(labels.begin(), labels.end(), label)) / static_cast<double>(labels.size());
}

std::uint8_t at(const Shape& shape, const Labels& labels, std::int64_t z, std::int64_t y, std::int64_t x)
{
    return labels[static_cast<std::size_t>((z * shape.ny + y) * shape.nx + x)];
}

constexpr Shape odd_shape{.nz = 19, .ny = 14, .nx = 23};

} // namespace

TEST_CASE("an image made slab by slab is the image made at once")
{
    const auto same = [](const auto& recipe) { return in_slabs(recipe) == part(recipe, {0, recipe.shape.nz}); };
    CHECK(same(Open{odd_shape}));
    CHECK(same(TriangularDuct{.shape = odd_shape, .axis = Axis::z, .side = 11}));
    for (const Axis axis : all_axes) {
        CHECK(same(Layers{.shape = odd_shape, .axis = axis, .thickness = 3, .labels = {0, 5, 9}}));
        CHECK(same(Slit{.shape = odd_shape, .axis = axis, .height = 5}));
        CHECK(same(Tube{.shape = odd_shape, .axis = axis, .radius = 6.3}));
        CHECK(same(RectangularDuct{.shape = odd_shape, .axis = axis, .width = 6, .height = 3}));
    }
    for (const auto lattice : {Lattice::simple_cubic, Lattice::body_centred, Lattice::face_centred})
        CHECK(same(SphereArray{.shape = {33, 22, 11}, .lattice = lattice, .solid_fraction = 0.4, .cells = 1}));
    CHECK(same(RandomSpheres{.shape = odd_shape, .radius = 3.3}));
    CHECK(same(Blobs{.shape = odd_shape, .correlation = 4.5}));
    CHECK(same(Blobs{.shape = {.nz = 5, .ny = 1, .nx = 40}, .correlation = 4.5}));
}

TEST_CASE("layers take turns along their axis")
{
    const auto labels = whole(Layers{.shape = {6, 1, 1}, .axis = Axis::z, .thickness = 2, .labels = {3, 8}});
    CHECK(labels == Labels{3, 3, 8, 8, 3, 3});
    const auto along_x = whole(Layers{.shape = {1, 2, 5}, .axis = Axis::x, .thickness = 2, .labels = {1, 0, 2}});
    CHECK(along_x == Labels{1, 1, 0, 0, 2, 1, 1, 0, 0, 2});
}

TEST_CASE("a slit and a rectangular duct have exactly the asked section")
{
    for (const Axis axis : all_axes) {
        CHECK(pores(whole(Slit{.shape = odd_shape, .axis = axis, .height = 5})) ==
              odd_shape.voxels() / odd_shape.along(axis) * 5);
        CHECK(pores(whole(RectangularDuct{.shape = odd_shape, .axis = axis, .width = 6, .height = 3})) ==
              odd_shape.along(axis) * 18);
    }
    const auto wide = whole(RectangularDuct{.shape = {5, 5, 1}, .axis = Axis::x, .width = 3, .height = 1});
    CHECK(at({5, 5, 1}, wide, 2, 1, 0) == 0); // width along y, the faster axis across x
    CHECK(at({5, 5, 1}, wide, 1, 2, 0) == 1);
}

TEST_CASE("a tube and a triangular duct have the area of their section")
{
    const Shape shape{2, 200, 200};
    // Some 500 voxels on the perimeter err by 0.3 voxel each, at random: 7 of 20358.
    const double circle = std::numbers::pi * 80.5 * 80.5;
    CHECK(pores(whole(Tube{.shape = shape, .axis = Axis::z, .radius = 80.5})) / 2.0 == Approx(circle).epsilon(2e-3));
    const double triangle = std::numbers::sqrt3 / 4 * 150 * 150;
    const auto duct = whole(TriangularDuct{.shape = shape, .axis = Axis::z, .side = 150});
    CHECK(pores(duct) / 2.0 == Approx(triangle).epsilon(1e-2)); // slanted walls are steps
}

TEST_CASE("a tube is its own mirror image")
{
    const Shape shape{1, 31, 40};
    const auto tube = whole(Tube{.shape = shape, .axis = Axis::z, .radius = 15});
    CHECK(Labels(tube.rbegin(), tube.rend()) == tube);
}

TEST_CASE("sphere arrays have the asked solid fraction, touching or not")
{
    const Shape shape{80, 80, 80};
    struct Case {
        Lattice lattice;
        double touching;
    };
    for (const auto& [lattice, touching] :
         {Case{Lattice::simple_cubic, 0.5236}, Case{Lattice::body_centred, 0.6802}, Case{Lattice::face_centred, 0.7405}}) {
        for (const double solid : {0.1, 0.4, 0.8, 0.95}) {
            const auto labels = whole(SphereArray{.shape = shape, .lattice = lattice, .solid_fraction = solid, .cells = 1});
            // Overlapping spheres are fitted to the voxels, up to one shell of them.
            CHECK(fraction(labels, 1) == Approx(solid).epsilon(solid > touching ? 1e-3 : 1e-2));
        }
    }
}

TEST_CASE("the radius of separate spheres follows from the volume of a ball")
{
    const SphereArray recipe{.shape = {64, 64, 64}, .lattice = Lattice::face_centred, .solid_fraction = 0.3, .cells = 2};
    const double edge = 32;
    const double volume = 4 * 4.0 / 3.0 * std::numbers::pi * std::pow(sphere_radius(recipe), 3);
    CHECK(volume == Approx(0.3 * edge * edge * edge));
}

TEST_CASE("sphere arrays are cubic and repeat cell by cell")
{
    const Shape shape{26, 26, 26};
    for (const auto lattice : {Lattice::simple_cubic, Lattice::body_centred, Lattice::face_centred})
        for (const double solid : {0.3, 0.85}) {
            const auto labels = whole(SphereArray{.shape = shape, .lattice = lattice, .solid_fraction = solid, .cells = 2});
            bool symmetric = true;
            for (std::int64_t z = 0; z < 26; ++z)
                for (std::int64_t y = 0; y < 26; ++y)
                    for (std::int64_t x = 0; x < 26; ++x) {
                        const auto label = at(shape, labels, z, y, x);
                        symmetric = symmetric && label == at(shape, labels, x, z, y) &&
                                    label == at(shape, labels, z, x, y) && label == at(shape, labels, z, y, 25 - x) &&
                                    label == at(shape, labels, z, y, (x + 13) % 26);
                    }
            CHECK(symmetric);
        }
}

TEST_CASE("recipes that make no sense are refused with a sentence")
{
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    const Shape shape{20, 20, 20};
    for (const double porosity : {0.0, 1.0, -0.1, 1.1, nan, std::numeric_limits<double>::infinity()}) {
        CHECK_THROWS_WITH(check(RandomSpheres{.shape = shape, .porosity = porosity}), test::mentions("porosity"));
        CHECK_THROWS_WITH(check(Blobs{.shape = shape, .porosity = porosity}), test::mentions("porosity"));
        CHECK_THROWS_WITH(check(SphereArray{.shape = shape, .solid_fraction = porosity}), test::mentions("solid fraction"));
    }
    for (const double length : {0.0, -3.0, 21.0, nan}) {
        CHECK_THROWS_WITH(check(RandomSpheres{.shape = shape, .radius = length}), test::mentions("radius"));
        CHECK_THROWS_WITH(check(Blobs{.shape = shape, .correlation = length}), test::mentions("correlation"));
        CHECK_THROWS_WITH(check(Tube{.shape = shape, .radius = length}), test::mentions("radius"));
        CHECK_THROWS_WITH(check(TriangularDuct{.shape = shape, .side = length}), test::mentions("side"));
    }
    CHECK_THROWS_WITH(check(Slit{.shape = shape, .height = 21}), test::mentions("height"));
    CHECK_THROWS_WITH(check(RectangularDuct{.shape = shape, .width = 0}), test::mentions("width"));
    CHECK_THROWS_WITH(check(Layers{.shape = shape, .thickness = 0}), test::mentions("thickness"));
    CHECK_THROWS_WITH(check(Layers{.shape = shape, .labels = {}}), test::mentions("labels"));
    CHECK_THROWS_WITH(check(SphereArray{.shape = shape, .cells = 3}), test::mentions("cells"));
    CHECK_THROWS_WITH(check(SphereArray{.shape = {20, 30, 20}}), test::mentions("tile"));
    CHECK_THROWS_WITH(check(Open{{0, 20, 20}}), test::mentions("along z"));
    CHECK_THROWS_WITH(check(Open{{20, 20, 1'000'000}}), test::mentions("along x"));
    CHECK_THROWS_WITH(lattice_from("hcp"), test::mentions("fcc"));
}

TEST_CASE("what is made without asking for a size fits into any image")
{
    for (const Shape& shape : {Shape{1, 1, 1}, Shape{1, 2, 7}, Shape{2, 2, 2}, Shape{1, 50, 50}, Shape{64, 64, 64}})
        for (const Axis axis : all_axes) {
            CHECK_NOTHROW(check(Slit{.shape = shape, .axis = axis, .height = default_opening(shape, axis)}));
            const Tube tube{.shape = shape, .axis = axis, .radius = default_radius(shape, {}, axis)};
            CHECK_NOTHROW(check(tube));
            CHECK(pores(whole(tube)) > 0);
        }
}

// Voxels twice as long along z: what is made in them is what is made in cubes, of which they have every second layer.
TEST_CASE("round things stay round in voxels that are no cubes")
{
    const EdgeRatios edges(VoxelEdges{1, 1, 2});
    const Shape cubes{64, 64, 64}, flat{32, 64, 64};
    const auto differ = [&](const Labels& in_cubes, const Labels& in_flat) { // share of the voxels of the layer above
        std::size_t different = 0;
        for (std::size_t i = 0; i < in_flat.size(); ++i) {
            const auto plane = static_cast<std::size_t>(flat.plane()), z = i / plane;
            different += in_cubes[2 * z * plane + i % plane] != in_flat[i] ? 1 : 0;
        }
        return static_cast<double>(different) / static_cast<double>(in_flat.size());
    };
    const auto check_alike = [&](auto recipe) {
        recipe.shape = cubes;
        const auto in_cubes = part(recipe, {0, cubes.nz});
        recipe.shape = flat;
        const auto as_cubes = differ(in_cubes, part(recipe, {0, flat.nz}));
        recipe.edges = edges;
        CHECK(differ(in_cubes, part(recipe, {0, flat.nz})) < 0.06);
        CHECK(as_cubes > 0.1); // not by chance
    };
    check_alike(Tube{.axis = Axis::x, .radius = 25});
    check_alike(TriangularDuct{.axis = Axis::x, .side = 50});
    check_alike(SphereArray{.lattice = Lattice::body_centred, .solid_fraction = 0.3});
    check_alike(SphereArray{.lattice = Lattice::simple_cubic, .solid_fraction = 0.7});
    check_alike(RandomSpheres{.radius = 8});
    CHECK_THROWS_WITH(check(SphereArray{.shape = {21, 42, 21}, .edges = edges}), test::mentions("tile"));
    CHECK(default_radius({32, 64, 64}, edges, Axis::x) == 32);

    // a random field falls as fast along z, counted in half as many voxels
    const auto neighbours_alike = [](const Blobs& recipe, std::int64_t step) {
        const auto field = random_field(recipe, {0, recipe.shape.nz});
        double product = 0, square = 0;
        for (std::size_t i = 0; i + static_cast<std::size_t>(step) < field.size(); ++i) {
            product += static_cast<double>(field[i]) * static_cast<double>(field[i + static_cast<std::size_t>(step)]);
            square += static_cast<double>(field[i]) * static_cast<double>(field[i]);
        }
        return product / square;
    };
    const Blobs blobs{.shape = flat, .correlation = 6, .edges = edges};
    CHECK(neighbours_alike(blobs, 3 * flat.plane()) == Approx(neighbours_alike(blobs, 6 * flat.nx)).margin(0.06));
    CHECK(neighbours_alike(blobs, 3 * flat.plane()) == Approx(std::exp(-1)).margin(0.06));
}
