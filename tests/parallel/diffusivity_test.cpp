// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/catch.hpp"
#include "support/made_image.hpp"

using namespace lapilli;
using parallel::Communicator;

namespace {

void check_same(const property::Diffusivity& a, const property::Diffusivity& b)
{
    for (std::size_t axis = 0; axis < 3; ++axis) {
        CHECK(a.axes[axis]->relative == b.axes[axis]->relative);
        CHECK(a.axes[axis]->inlet_flux == b.axes[axis]->inlet_flux);
        CHECK(a.axes[axis]->residual == b.axes[axis]->residual);
        CHECK(a.axes[axis]->error_estimate == b.axes[axis]->error_estimate);
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

TEST_CASE("images with few pores, on many ranks, have the same bits", "[seven]")
{
    const auto comm = Communicator::world();
    const Shape shape{20, 20, 100};
    const auto thread = [](auto, auto y, auto z) { return y == 7 && z == 15; };
    const auto d = test::diffusivity_of(comm, shape, thread);
    CHECK(d.axes[0]->relative == Approx(1.0 / 400).epsilon(1e-6));
    CHECK_FALSE(d.axes[1]->percolates);
    check_same(d, test::diffusivity_of(Communicator::self(), shape, thread));
}
