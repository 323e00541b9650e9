// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/same_bits.hpp"

#include <algorithm>

using namespace lapilli;
using parallel::Communicator;

namespace {

template <class Phase>
void check_diffusivity(const Shape& shape, Phase&& phase, const property::DiffusivityOptions& options = {},
                       Boundary beyond = Boundary::sealed, const EdgeRatios& edges = {})
{
    INFO(shape.nz << " x " << shape.ny << " x " << shape.nx << " " << name(beyond));
    test::check_same_bits([&](const Communicator& comm) {
        auto d = test::diffusivity_of(comm, shape, phase, options, beyond, edges);
        CHECK(d.converged());
        return d;
    });
}

} // namespace

TEST_CASE("the diffusivity has the same bits on any number of ranks", "[seven]")
{
    for (const auto& shape : {Shape{64, 80, 48}, Shape{50, 33, 61}, Shape{1, 64, 64}, Shape{40, 40, 3}})
        check_diffusivity(shape, test::rough);
}

TEST_CASE("several phases have the same bits on any number of ranks", "[seven]")
{
    check_diffusivity({48, 64, 40}, test::three_phases, {.conductivity = {1.0, 0.3, 1e-3}, .accuracy = 1e-6});
}

TEST_CASE("voxels that are no cubes have the same bits on any number of ranks", "[seven]")
{
    const auto phase = [](auto x, auto y, auto z) {
        const double v = test::smooth_noise(x, y, z, 1);
        return v < 0.497 ? 1 : v < 0.51 ? 2 : 0;
    };
    const Shape shape{34, 33, 40};
    check_diffusivity(shape, test::rough, {}, Boundary::sealed, EdgeRatios(VoxelEdges{2, 2, 4}));
    check_diffusivity(shape, test::rough, {}, Boundary::periodic, EdgeRatios(VoxelEdges{3, 7, 2}));
    check_diffusivity(shape, phase, {.conductivity = {1.0, 1e-4}}, Boundary::sealed, EdgeRatios(VoxelEdges{5, 1, 1}));
    check_diffusivity(shape, phase, {.conductivity = {1.0, 1e-4}}, Boundary::periodic, EdgeRatios(VoxelEdges{2, 2, 4}));
}

TEST_CASE("a contrast of six decades has the same bits on any number of ranks", "[seven]")
{
    const auto phase = [](auto x, auto y, auto z) { return test::smooth_noise(x, y, z, 5) < 0.48 ? 1 : 2; };
    for (const auto beyond : {Boundary::sealed, Boundary::periodic})
        check_diffusivity({40, 33, 56}, phase, {.conductivity = {1.0, 1e-6}}, beyond);
}

TEST_CASE("images with few pores, on many ranks, have the same bits", "[seven]")
{
    const Shape shape{20, 20, 100};
    const auto thread = [](auto, auto y, auto z) { return y == 7 && z == 15; };
    check_diffusivity(shape, thread);
    const auto d = test::diffusivity_of(Communicator::world(), shape, thread);
    CHECK(d.axes[Axis::x]->relative == Approx(1.0 / 400).epsilon(1e-6));
    CHECK_FALSE(d.axes[Axis::y]->percolates);
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
    test::check_same_bits([&](const Communicator& comm) {
        std::vector<float> all;
        property::DiffusivityOptions options{.axes = {Axis::x}};
        options.take_field = [&](Axis, const image::PoreSpace& pores, std::span<const float> c) {
            all = pores.comm().gather_all(c); // bricks lie in the order of the ranks
        };
        test::diffusivity_of(comm, shape, test::rough, options);
        CHECK(all.size() > 1000);
        CHECK(std::ranges::all_of(all, [](float c) { return c > -1e-6F && c < 1 + 1e-6F; }));
        return Record(all);
    });
}
