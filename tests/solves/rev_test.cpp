// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/rev.hpp"

#include "support/same_bits.hpp"

using namespace lapilli;
using parallel::Communicator;

TEST_CASE("the spread of cubes, counted and solved, has the same bits on any number of ranks")
{
    const Shape shape{70, 64, 96}; // z is not full of bricks
    test::check_same_bits([&](const Communicator& comm) {
        const image::PoreSpace pores(comm, shape, test::make_bricks(comm, shape, test::rough));
        property::Run run;
        const auto solve = property::grid_property(property::DiffusivityOptions{.axes = {Axis::y}, .accuracy = 1e-2});
        const auto rev = property::measure_rev(run, pores, {.solves = {{solve, {}}}, .weights = morphology::Weights{}});
        Record numbers;
        for (const auto& series : rev.series)
            for (const auto& size : series.sizes)
                numbers.push_back({series.quantity, size.edge_voxels, size.cubes, size.mean, size.deviation});
        CHECK(rev.series.size() == 4);
        CHECK(rev.series.back().sizes.front().cubes == 12);
        CHECK(rev.series.back().sizes.front().mean > 0);
        return numbers;
    });
}

TEST_CASE("cubes that were solved for something else are not solved again")
{
    const Shape shape{64, 64, 64};
    const auto comm = Communicator::world();
    const image::PoreSpace pores(comm, shape, test::make_bricks(comm, shape, test::rough));
    int solved = 0;
    const property::GridProperty never{.name = "diffusivity", .solve = [&](property::Run&, const image::PoreSpace&, double) {
                                           ++solved;
                                           return property::GridValues{};
                                       }};
    property::BlockValues known{.edge_voxels = 32};
    for (const Axis axis : all_axes) known.values[axis] = {1, 2, 3};
    property::Run run;
    const auto rev = property::measure_rev(run, pores, {.solves = {{never, known}}});
    CHECK(solved == 0);
    REQUIRE(rev.series.size() == 5);
    CHECK(rev.series.back().sizes.front().mean == 2);
    CHECK_FALSE(rev.series.back().representative());
}
