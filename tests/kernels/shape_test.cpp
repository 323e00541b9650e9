// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "core/shape.hpp"
#include "support/catch.hpp"

using namespace lapilli;

TEST_CASE("a shape counts its voxels and knows its extent along each axis")
{
    const Shape shape{.nz = 2, .ny = 3, .nx = 5};
    CHECK(shape.voxels() == 30);
    CHECK(shape.plane() == 15);
    CHECK(shape.along(Axis::x) == 5);
    CHECK(shape.along(Axis::y) == 3);
    CHECK(shape.along(Axis::z) == 2);
}

TEST_CASE("an image of 2000 voxels an edge is counted without overflow")
{
    CHECK(Shape{2000, 2000, 2000}.voxels() == 8'000'000'000);
}

TEST_CASE("axes are called x, y and z, in that order")
{
    std::string names;
    for (const Axis axis : all_axes) names += name(axis);
    CHECK(names == "xyz");
}

TEST_CASE("a range of planes is half open")
{
    CHECK(PlaneRange{16, 32}.count() == 16);
    CHECK(PlaneRange{16, 16}.count() == 0);
}
