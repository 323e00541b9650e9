// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/catch.hpp"
#include "support/made_image.hpp"

using namespace lapilli;
using parallel::Communicator;

namespace {

void check_same(const property::Diffusivity& a, const property::Diffusivity& b)
{
    for (const Axis axis : all_axes) {
        CHECK(a.axes[axis]->relative == b.axes[axis]->relative);
        CHECK(a.axes[axis]->inlet_flux == b.axes[axis]->inlet_flux);
        CHECK(a.axes[axis]->residual == b.axes[axis]->residual);
        CHECK(a.axes[axis]->error_estimate == b.axes[axis]->error_estimate);
        CHECK(a.axes[axis]->error_estimate_by == b.axes[axis]->error_estimate_by);
        CHECK(a.axes[axis]->iterations == b.axes[axis]->iterations);
    }
}

} // namespace

TEST_CASE("the diffusivity has the same bits on any number of ranks", "[seven]")
{
    const auto comm = Communicator::world();
    const std::vector<Shape> shapes{{96, 80, 72}, {50, 33, 61}, {1, 64, 64}, {40, 40, 3}};
    for (const auto& shape : shapes) {
        const auto pore = [](auto x, auto y, auto z) { return test::smooth_noise(x, y, z, 1) < 0.497; };
        const auto together = test::diffusivity_of(comm, shape, pore);
        const auto alone = test::diffusivity_of(Communicator::self(), shape, pore);
        CHECK(together.converged());
        check_same(together, alone);
    }
}

TEST_CASE("several phases have the same bits on any number of ranks", "[seven]")
{
    const auto comm = Communicator::world();
    const Shape shape{48, 64, 40};
    const auto phase = [](auto x, auto y, auto z) {
        const double v = test::smooth_noise(x, y, z, 2);
        return v < 0.49 ? 1 : v < 0.51 ? 2 : v < 0.53 ? 3 : 0;
    };
    const property::DiffusivityOptions options{.conductivity = {1.0, 0.3, 1e-3}, .accuracy = 1e-6};
    check_same(test::diffusivity_of(comm, shape, phase, options),
               test::diffusivity_of(Communicator::self(), shape, phase, options));
}

TEST_CASE("voxels that are no cubes have the same bits on any number of ranks", "[seven]")
{
    const auto comm = Communicator::world();
    const auto phase = [](auto x, auto y, auto z) {
        const double v = test::smooth_noise(x, y, z, 1);
        return v < 0.497 ? 1 : v < 0.51 ? 2 : 0;
    };
    const auto pore = [&](auto x, auto y, auto z) { return phase(x, y, z) == 1; };
    for (const auto& edges : {VoxelEdges{2, 2, 4}, VoxelEdges{5, 1, 1}, VoxelEdges{3, 7, 2}})
        for (const auto beyond : {Boundary::sealed, Boundary::periodic}) {
            INFO(edges.x << " x " << edges.y << " x " << edges.z << " " << name(beyond));
            const auto both = [&](const auto& of, const property::DiffusivityOptions& options) {
                const auto with = [&](const Communicator& who) {
                    return test::diffusivity_of(who, {34, 33, 40}, of, options, beyond, EdgeRatios(edges));
                };
                const auto together = with(comm), alone = with(Communicator::self());
                CHECK(together.converged());
                check_same(together, alone);
                if (beyond == Boundary::periodic) CHECK(together.tensor->relative == alone.tensor->relative);
            };
            both(pore, {});
            both(phase, {.conductivity = {1.0, 1e-4}});
        }
}

TEST_CASE("a contrast of six decades has the same bits on any number of ranks", "[seven]")
{
    const auto comm = Communicator::world();
    for (const auto beyond : {Boundary::sealed, Boundary::periodic}) {
        const Shape shape{40, 33, 56};
        const auto phase = [](auto x, auto y, auto z) { return test::smooth_noise(x, y, z, 5) < 0.48 ? 1 : 2; };
        const property::DiffusivityOptions options{.conductivity = {1.0, 1e-6}};
        const auto together = test::diffusivity_of(comm, shape, phase, options, beyond);
        CHECK(together.converged());
        check_same(together, test::diffusivity_of(Communicator::self(), shape, phase, options, beyond));
    }
}

TEST_CASE("images with few pores, on many ranks, have the same bits", "[seven]")
{
    const auto comm = Communicator::world();
    const Shape shape{20, 20, 100};
    const auto thread = [](auto, auto y, auto z) { return y == 7 && z == 15; };
    const auto d = test::diffusivity_of(comm, shape, thread);
    CHECK(d.axes[Axis::x]->relative == Approx(1.0 / 400).epsilon(1e-6));
    CHECK_FALSE(d.axes[Axis::y]->percolates);
    check_same(d, test::diffusivity_of(Communicator::self(), shape, thread));
}

TEST_CASE("the concentration falls linearly from face to face of an open block")
{
    const auto comm = Communicator::world();
    const Shape shape{20, 33, 18};
    PerAxis<double> worst{};
    property::DiffusivityOptions options;
    options.take_field = [&](Axis axis, const image::PoreSpace& pores, std::span<const float> c) {
        std::size_t at = 0;
        double& error = worst[axis];
        for (const auto& b : pores.owned_bricks())
            brick::for_each_pore(b, [&](int row, int x, int) {
                const double centre = static_cast<double>(pores.coordinate(b, axis, row, x)) + 0.5;
                error = std::max(error, std::abs(c[at++] - (1 - centre / static_cast<double>(shape.along(axis)))));
            });
        CHECK(at == c.size());
    };
    test::diffusivity_of(
        comm, shape, [](auto, auto, auto) { return true; }, options);
    for (const double error : worst) CHECK(comm.max(error) < 1e-7); // half a unit in the last place of a float
}

TEST_CASE("the concentration drops by the resistances of layers in series, and is solved until it is right")
{
    const auto comm = Communicator::world();
    const Shape shape{32, 6, 5};
    double worst = 0;
    property::DiffusivityOptions options{.axes = {Axis::z}, .conductivity = {1.0, 0.1}};
    options.take_field = [&](Axis, const image::PoreSpace& pores, std::span<const float> c) {
        std::size_t at = 0;
        for (const auto& b : pores.owned_bricks())
            brick::for_each_pore(b, [&](int row, int x, int) {
                const double z = static_cast<double>(pores.coordinate(b, Axis::z, row, x)) + 0.5;
                const double resistance = z < 16 ? z : 16 + 10 * (z - 16); // of 16 + 160
                worst = std::max(worst, std::abs(c[at++] - (1 - resistance / 176)));
            });
    };
    const auto d = test::diffusivity_of(
        comm, shape, [](auto, auto, auto z) { return z < 16 ? 1 : 2; }, options);
    CHECK(comm.max(worst) < 1e-5);
    CHECK(d.axes[Axis::z]->residual <= 1e-6);
}

TEST_CASE("the concentration stays between its values on the faces and has the same bits on any number of ranks", "[seven]")
{
    const Shape shape{50, 40, 36};
    const auto pore = [](auto x, auto y, auto z) { return test::smooth_noise(x, y, z, 1) < 0.497; };
    const auto field = [&](const Communicator& comm) {
        std::vector<float> all;
        property::DiffusivityOptions options{.axes = {Axis::x}};
        options.take_field = [&](Axis, const image::PoreSpace& pores, std::span<const float> c) {
            all = pores.comm().gather_all(c); // bricks lie in the order of the ranks
        };
        test::diffusivity_of(comm, shape, pore, options);
        return all;
    };
    const auto together = field(Communicator::world());
    CHECK(together == field(Communicator::self()));
    CHECK(together.size() > 1000);
    CHECK(std::all_of(together.begin(), together.end(), [](float c) { return c > -1e-6F && c < 1 + 1e-6F; }));
}
