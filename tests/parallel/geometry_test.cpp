// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/access.hpp"
#include "geometry/distance.hpp"
#include "geometry/painting.hpp"
#include "support/catch.hpp"
#include "support/dense_shape.hpp"

using namespace lapilli;
using parallel::Communicator;

TEST_CASE("squared distances are those of all pairs of voxels, on any image and any number of ranks")
{
    const auto comm = Communicator::world();
    test::for_each_random_shape(40, [&](const test::DenseShape& image) {
        const auto pores = test::pores_of(comm, image);
        if (!geometry::has_solid(pores)) return;
        const auto tiles = std::get<0>(geometry::squared_distances(pores, image.weights));
        INFO(image.shape.nx << " x " << image.shape.ny << " x " << image.shape.nz << ", periodic " << image.periodic);
        CHECK(test::dense(pores, tiles) == test::once(comm, [&] { return image.distances(); }));
    });
}

TEST_CASE("a distance that lies beyond many bricks is found, and one that 16 bits do not hold")
{
    const auto comm = Communicator::world();
    const Shape shape{3, 20, 700};
    const auto only_ends = [&](std::int64_t x, std::int64_t y, std::int64_t) { return !(y == 7 && (x == 5 || x == 699)); };
    for (const auto beyond : {Boundary::sealed, Boundary::periodic}) {
        const image::PoreSpace pores(comm, shape, test::make_bricks(comm, shape, only_ends), beyond);
        const auto found = geometry::squared_distances(pores, {});
        REQUIRE(found.index() == 1);
        const auto field = test::dense(pores, std::get<1>(found));
        for (const std::int64_t x : {0, 6, 150, 353, 400, 690})
            for (std::int64_t y = 0; y < shape.ny; ++y) {
                const auto across = beyond == Boundary::sealed ? std::abs(x - 5) : std::min(std::abs(x - 5), 705 - x);
                const auto n = std::min({across, 699 - x, beyond == Boundary::sealed ? 699 : x + 1});
                const auto down = beyond == Boundary::sealed ? std::abs(y - 7) : std::min(std::abs(y - 7), 27 - y);
                CHECK(field[y * shape.nx + x] == n * n + down * down);
            }
    }
}

TEST_CASE("what is outside the sample is no solid, and may be too far from any for 16 bits")
{
    const auto comm = Communicator::world();
    const Shape shape{3, 20, 700};
    const auto distances_up_to = [&](std::int64_t end) { // of the sample along x, in which one line is solid
        const auto pore = [=](auto x, auto y, auto) { return x < end && !(x == 5 && y == 7); };
        image::PoreSpace pores(comm, shape, test::make_bricks(comm, shape, pore));
        pores.leave_out(test::make_bricks(comm, shape, [=](auto x, auto, auto) { return x >= end; }));
        return std::pair(geometry::squared_distances(pores, {}), std::move(pores));
    };
    const auto [narrow, pores] = distances_up_to(200);
    REQUIRE(narrow.index() == 0); // though there are voxels outside 694 away
    const auto [wide, others] = distances_up_to(300);
    REQUIRE(wide.index() == 1);
    const auto near = test::dense(pores, std::get<0>(narrow)), far = test::dense(others, std::get<1>(wide));
    for (const std::int64_t x : {0, 6, 150, 199, 200, 299, 300})
        for (std::int64_t y = 0; y < shape.ny; ++y) {
            const auto squared = (x - 5) * (x - 5) + (y - 7) * (y - 7), voxel = y * shape.nx + x;
            CHECK(near[voxel] == (x < 200 ? squared : 0));
            CHECK(far[voxel] == (x < 300 ? squared : 0));
        }
}

TEST_CASE("the widest ways from a face are unique")
{
    const auto comm = Communicator::world();
    test::for_each_random_shape(15, [&](const test::DenseShape& image) {
        const auto pores = test::pores_of(comm, image);
        if (!geometry::has_solid(pores)) return;
        const geometry::KnownBricks known(pores, 1);
        const geometry::GhostLayers ghosts(known);
        const auto widths = std::get<0>(geometry::squared_distances(pores, image.weights));
        const auto distances = test::once(comm, [&] { return image.distances(); });
        for (const Axis axis : all_axes)
            for (const bool upper : {false, true}) {
                const auto access =
                    geometry::widest_access(known, ghosts, widths, geometry::pores_in_face(known, axis, upper), axis);
                const auto expected = test::once(comm, [&] { return image.access(distances, axis, upper); });
                CHECK(test::dense(pores, access) == expected);
                if (upper) continue;
                std::int64_t widest = 0;
                for (std::int64_t i = 0; i < image.size(); ++i)
                    if (image.place(i)[index(axis)] == image.shape.along(axis) - 1) widest = std::max(widest, expected[i]);
                CHECK(geometry::critical_level(known, ghosts, widths, axis) == widest);
            }
    });
}

TEST_CASE("local thickness and what drainage invades are the largest balls of all")
{
    const auto comm = Communicator::world();
    test::for_each_random_shape(40, [&](const test::DenseShape& image) {
        const auto pores = test::pores_of(comm, image);
        if (!geometry::has_solid(pores)) return;
        const geometry::KnownBricks known(pores, 1);
        const geometry::GhostLayers ghosts(known);
        const auto distances = std::get<0>(geometry::squared_distances(pores, image.weights));
        INFO(image.shape.nx << " x " << image.shape.ny << " x " << image.shape.nz << ", periodic " << image.periodic);
        CHECK(test::dense(pores, geometry::paint_balls(known, ghosts, distances, image.weights)) ==
              test::once(comm, [&] { return image.painted(image.distances()); }));
        const auto access =
            geometry::widest_access(known, ghosts, distances, geometry::pores_in_face(known, Axis::z, false), Axis::z);
        CHECK(test::dense(pores, geometry::paint_balls(known, ghosts, access, image.weights)) ==
              test::once(comm, [&] { return image.painted(image.access(image.distances(), Axis::z, false)); }));
    });
}
