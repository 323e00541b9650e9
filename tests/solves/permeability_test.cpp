// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/same_bits.hpp"

using namespace lapilli;
using parallel::Communicator;

namespace {

template <class Phase>
void check_flow(const Shape& shape, Phase&& phase, Boundary boundary, const property::PermeabilityOptions& options = {},
                const EdgeRatios& edges = {})
{
    INFO(shape.nz << " x " << shape.ny << " x " << shape.nx << " " << name(boundary));
    test::check_same_bits([&](const Communicator& comm) {
        auto k = test::permeability_of(comm, shape, phase, options, boundary, edges);
        CHECK(k.converged());
        return k;
    });
}

} // namespace

TEST_CASE("the permeability has the same bits on any number of ranks", "[seven]")
{
    for (const auto& shape : {Shape{32, 48, 64}, Shape{50, 33, 61}, Shape{17, 31, 47}})
        for (const auto boundary : {Boundary::sealed, Boundary::periodic}) check_flow(shape, test::rough, boundary);
}

TEST_CASE("flow through voxels that are no cubes has the same bits on any number of ranks", "[seven]")
{
    check_flow({34, 33, 40}, test::rough, Boundary::sealed, {}, EdgeRatios(VoxelEdges{2, 2, 4}));
    check_flow({34, 33, 40}, test::rough, Boundary::periodic, {}, EdgeRatios(VoxelEdges{3, 7, 2}));
}

TEST_CASE("a tight solve has the same bits on any number of ranks", "[seven]")
{
    check_flow({40, 40, 40}, test::rough, Boundary::sealed, {.axes = {Axis::z}, .accuracy = 1e-7});
    check_flow({40, 40, 40}, test::rough, Boundary::periodic, {.axes = {Axis::x}, .accuracy = 1e-7});
}

TEST_CASE("flow through images that are one or two voxels thick has the same bits on any number of ranks", "[seven]")
{
    const auto pore = [](auto x, auto y, auto z) { return test::noise(x, y, z, 8) < 0.8; };
    for (const auto& shape : {Shape{1, 64, 64}, Shape{40, 2, 33}, Shape{31, 17, 1}, Shape{2, 1, 40}, Shape{1, 1, 1}})
        check_flow(shape, pore, Boundary::sealed);
    for (const auto& shape : {Shape{1, 48, 48}, Shape{40, 2, 33}, Shape{31, 17, 1}})
        check_flow(shape, pore, Boundary::periodic);
}

TEST_CASE("flow through tubes that never merge has the same bits on any number of ranks", "[seven]")
{
    const auto tubes = [](auto, auto y, auto z) { return y % 2 == 0 && z % 2 == 0; };
    check_flow({40, 40, 40}, tubes, Boundary::sealed);
    check_flow({40, 40, 40}, tubes, Boundary::periodic);
}

TEST_CASE("where nothing percolates the permeability is zero on any number of ranks")
{
    for (const auto boundary : {Boundary::sealed, Boundary::periodic}) {
        const auto k = test::permeability_of(
            Communicator::world(), {20, 20, 20}, [](auto x, auto y, auto z) { return x % 7 && y % 7 && z % 7; }, {},
            boundary);
        CHECK(k.converged());
        CHECK_FALSE(k.percolates());
        for (const auto& axis : k.axes) {
            CHECK(axis->voxel2 == 0);
            CHECK_FALSE(axis->hydraulic_tortuosity.has_value());
        }
    }
}
