// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/catch.hpp"
#include "support/made_image.hpp"

#include <cmath>

using namespace lapilli;
using parallel::Communicator;

namespace {

/// Phase 1, the better conductor, in grains of a few voxels (spread 2) or of single voxels (0); phase 2 elsewhere.
struct Grains {
    int spread = 0;
    double threshold = 0.15;
    int operator()(std::int64_t x, std::int64_t y, std::int64_t z) const
    {
        return (spread > 0 ? test::smooth_noise(x, y, z, 3) : test::noise(x, y, z, 3)) < threshold ? 1 : 2;
    }
};

property::Diffusivity solve_grains(std::int64_t n, const Grains& grains, double contrast, Boundary beyond, double accuracy)
{
    return test::diffusivity_of(Communicator::world(), {n, n, n}, grains,
                                {.conductivity = {1.0, contrast}, .accuracy = accuracy}, beyond);
}

} // namespace

TEST_CASE("contrasts of two to eight decades take at most twice the iterations of one, and keep the estimate")
{
    // single voxels and clusters of 15 %, which do not percolate; half of the image, which does; grains that just do not
    for (const auto& grains : {Grains{0, 0.15}, Grains{0, 0.5}, Grains{2, 0.475}})
        for (const auto beyond : {Boundary::sealed, Boundary::periodic}) {
            const auto reference = solve_grains(24, grains, 0.1, beyond, 1e-4);
            for (const double contrast : {1e-2, 1e-5, 1e-8}) {
                const auto d = solve_grains(24, grains, contrast, beyond, 1e-4);
                const auto exact = solve_grains(24, grains, contrast, beyond, 1e-9);
                CHECK(d.converged());
                CHECK(exact.converged());
                for (const Axis axis : all_axes) {
                    const auto& along = *d.axes[axis];
                    const double error = std::abs(along.relative / exact.axes[axis]->relative - 1);
                    CHECK(along.iterations <= 2 * std::max(reference.axes[axis]->iterations, 4));
                    CHECK(error <= along.error_estimate + 1e-9);
                    CHECK(along.error_estimate <= 1e-4);
                    CHECK(along.error_estimate_by == "bound");
                    if (beyond == Boundary::sealed) // fluxes err as the root of the energy's error
                        CHECK(exact.axes[axis]->inlet_flux == Approx(exact.axes[axis]->relative).epsilon(0.03));
                }
            }
        }
}

TEST_CASE("layers of any contrast conduct like their harmonic and their arithmetic mean")
{
    for (const double contrast : {1e-3, 1e-6, 1e-8}) {
        const auto d =
            test::diffusivity_of(Communicator::world(), {24, 20, 16}, [](auto, auto, auto z) { return 1 + z / 3 % 2; },
                                 {.conductivity = {1.0, contrast}, .accuracy = 1e-7});
        CHECK(d.axes[Axis::z]->relative == Approx(2 / (1 + 1 / contrast)).epsilon(3e-7)); // conductivities are floats
        CHECK(d.axes[Axis::x]->relative == Approx((1 + contrast) / 2).epsilon(2e-7));
    }
}

TEST_CASE("a well-conducting cube in a bad conductor lies between what straight lines and flat planes would conduct")
{
    const double contrast = 1e-8;
    const auto cube = [](auto x, auto y, auto z) { return x / 8 == 1 && y / 8 == 1 && z / 8 == 1 ? 1 : 2; };
    const auto d =
        test::diffusivity_of(Communicator::world(), {24, 24, 24}, cube, {.conductivity = {1.0, contrast}, .accuracy = 1e-6});
    const double share = 1.0 / 9; // of the cross-section
    const double lines = contrast * (1 - share + share / (2.0 / 3));
    const double planes = contrast / (1.0 / 3 / (1 - share + share / contrast) + 2.0 / 3);
    for (const auto& axis : d.axes) {
        CHECK(axis->relative > lines);
        CHECK(axis->relative < planes);
        CHECK(axis->relative == Approx(d.axes[Axis::x]->relative).epsilon(1e-6));
        CHECK(axis->iterations <= 10); // also along the axis that cuts the cube on the coarsest level
        CHECK(axis->error_estimate_by == "bound");
    }
}
