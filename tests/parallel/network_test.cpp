// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/network.hpp"
#include "support/catch.hpp"
#include "support/dense_shape.hpp"

using namespace lapilli;
using parallel::Communicator;

TEST_CASE("a straight duct conducts as its section says, from face to face and around a periodic image")
{
    const auto comm = Communicator::world();
    const Shape shape{9, 9, 40};
    const auto in_duct = [](std::int64_t, std::int64_t y, std::int64_t z) { return y > 2 && y < 6 && z > 2 && z < 6; };
    for (const auto beyond : {Boundary::sealed, Boundary::periodic}) {
        const auto made = test::make_image(comm, shape, in_duct, beyond);
        const auto network = property::measure_network(made.pores, made.connectivity, {}, {});
        CHECK(network.pores == 1);
        CHECK(network.throats == (beyond == Boundary::periodic ? 1 : 0));
        CHECK(network.axes[Axis::x].percolates);
        // The pore is taken to be 1.5 pi (3 / 2)² = 10.6 wide, the throat 9.
        CHECK(network.axes[Axis::x].relative == Approx(std::sqrt(9 * 10.603) / 81).epsilon(1e-3));
        CHECK(!network.axes[Axis::y].percolates);
        CHECK(network.axes[Axis::y].permeability == 0);
    }
}

TEST_CASE("a pore network has the same bits as on one rank, with the same pore in each voxel", "[seven]")
{
    const auto comm = Communicator::world();
    const Shape shape{37, 33, 50};
    const auto blobs = [](std::int64_t x, std::int64_t y, std::int64_t z) { return test::smooth_noise(x, y, z, 5) < 0.505; };
    for (const auto beyond : {Boundary::sealed, Boundary::periodic}) {
        const auto region_of = [&](const image::PoreSpace& pores, std::span<const float> region) {
            geometry::Tiles<std::uint32_t> tiles(pores.owned_bricks().size());
            for (std::size_t b = 0; b < tiles.bricks(); ++b)
                brick::for_each_pore(pores.owned_bricks()[b], [&](int row, int x, int i) {
                    tiles[b][row * 16 + x] = static_cast<std::uint32_t>(region[pores.owned_bricks()[b].first + i]);
                });
            return test::dense(pores, tiles);
        };
        const auto network_on = [&](const Communicator& ranks, test::DenseShape::Field& regions) {
            const auto made = test::make_image(ranks, shape, blobs, beyond);
            return property::measure_network(
                made.pores, made.connectivity, {},
                {.take_regions = [&](std::span<const float> region) { regions = region_of(made.pores, region); }});
        };
        test::DenseShape::Field regions, alone;
        const auto network = network_on(comm, regions), one = network_on(Communicator::self(), alone);
        CHECK(regions == alone);
        CHECK(network.pores == one.pores);
        CHECK(network.pores > 20);
        CHECK(network.throats == one.throats);
        CHECK(network.mean_radius == one.mean_radius);
        for (const Axis axis : all_axes) {
            CHECK(network.axes[axis].percolates);
            CHECK(network.axes[axis].relative == one.axes[axis].relative);
            CHECK(network.axes[axis].permeability == one.axes[axis].permeability);
        }
    }
}
