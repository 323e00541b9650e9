// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/catch.hpp"
#include "support/made_image.hpp"

using namespace lapilli;
using parallel::Communicator;

namespace {

/// The same bits on all ranks together as on each alone.
template <class Phase>
void check_same_bits(const Shape& shape, Phase&& phase, Boundary boundary, const property::PermeabilityOptions& options = {},
                     const EdgeRatios& edges = {})
{
    INFO(shape.nz << " x " << shape.ny << " x " << shape.nx << " " << name(boundary));
    const auto together = test::permeability_of(Communicator::world(), shape, phase, options, boundary, edges);
    const auto alone = test::permeability_of(Communicator::self(), shape, phase, options, boundary, edges);
    CHECK(together.converged());
    for (const Axis axis : all_axes) {
        const auto &a = *together.axes[axis], &b = *alone.axes[axis];
        CHECK(a.percolates == b.percolates);
        CHECK(a.voxel2 == b.voxel2);
        CHECK(a.error_estimate == b.error_estimate);
        CHECK(a.iterations == b.iterations);
        CHECK(a.momentum_residual == b.momentum_residual);
        CHECK(a.mass_residual == b.mass_residual);
        CHECK(a.by_mean_flux == b.by_mean_flux);
        CHECK(a.by_inlet_flux == b.by_inlet_flux);
        CHECK(a.by_outlet_flux == b.by_outlet_flux);
        CHECK(a.pore_velocity == b.pore_velocity);
        CHECK(a.hydraulic_tortuosity == b.hydraulic_tortuosity);
    }
    CHECK(together.tensor.has_value() == alone.tensor.has_value());
    if (together.tensor) CHECK(together.tensor->voxel2 == alone.tensor->voxel2);
}

bool rough(std::int64_t x, std::int64_t y, std::int64_t z) { return test::smooth_noise(x, y, z, 1) < 0.497; }

} // namespace

TEST_CASE("the permeability has the same bits on any number of ranks", "[seven]")
{
    for (const auto& shape : {Shape{64, 48, 80}, Shape{50, 33, 61}, Shape{17, 31, 47}})
        for (const auto boundary : {Boundary::sealed, Boundary::periodic}) check_same_bits(shape, rough, boundary);
}

TEST_CASE("flow through voxels that are no cubes has the same bits on any number of ranks", "[seven]")
{
    for (const auto& edges : {VoxelEdges{2, 2, 4}, VoxelEdges{3, 7, 2}})
        for (const auto boundary : {Boundary::sealed, Boundary::periodic})
            check_same_bits({34, 33, 40}, rough, boundary, {}, EdgeRatios(edges));
}

TEST_CASE("a tight solve has the same bits on any number of ranks", "[seven]")
{
    check_same_bits({40, 40, 40}, rough, Boundary::sealed, {.accuracy = 1e-7});
    check_same_bits({40, 40, 40}, rough, Boundary::periodic, {.accuracy = 1e-7});
}

TEST_CASE("flow through images that are one or two voxels thick has the same bits on any number of ranks", "[seven]")
{
    const auto pore = [](auto x, auto y, auto z) { return test::noise(x, y, z, 8) < 0.8; };
    for (const auto& shape : {Shape{1, 64, 64}, Shape{40, 2, 33}, Shape{31, 17, 1}, Shape{2, 1, 40}, Shape{1, 1, 1}})
        check_same_bits(shape, pore, Boundary::sealed);
    for (const auto& shape : {Shape{1, 48, 48}, Shape{40, 2, 33}, Shape{31, 17, 1}})
        check_same_bits(shape, pore, Boundary::periodic);
}

TEST_CASE("flow through tubes that never merge has the same bits on any number of ranks", "[seven]")
{
    const auto tubes = [](auto, auto y, auto z) { return y % 2 == 0 && z % 2 == 0; };
    check_same_bits({40, 40, 40}, tubes, Boundary::sealed);
    check_same_bits({40, 40, 40}, tubes, Boundary::periodic);
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
