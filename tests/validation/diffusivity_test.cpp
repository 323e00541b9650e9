// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/catch.hpp"
#include "support/made_image.hpp"

#include <cmath>

using namespace lapilli;
using parallel::Communicator;

namespace {

const property::AxisDiffusivity& along(const property::Diffusivity& d, Axis axis) { return *d.axes[axis]; }

template <class Phase>
property::Diffusivity solve_sealed(const Shape& shape, Phase&& phase, std::vector<double> conductivity = {1.0},
                                   double accuracy = 1e-7)
{
    return test::diffusivity_of(Communicator::world(), shape, phase,
                                {.conductivity = std::move(conductivity), .accuracy = accuracy});
}

bool rough(std::int64_t x, std::int64_t y, std::int64_t z) { return test::smooth_noise(x, y, z, 4) < 0.495; }

} // namespace

TEST_CASE("an open block of any size conducts like the open fluid")
{
    for (const Shape shape : {Shape{32, 32, 32}, Shape{1, 20, 33}, Shape{17, 1, 1}, Shape{1, 1, 1}, Shape{50, 3, 40}}) {
        const auto d = solve_sealed(shape, [](auto, auto, auto) { return 1; });
        for (const Axis axis : all_axes) {
            CHECK(along(d, axis).relative == 1);
            CHECK(*along(d, axis).tortuosity == 1);
            CHECK(*along(d, axis).formation_factor == 1);
        }
    }
}

TEST_CASE("layers in series conduct like their harmonic mean, in parallel like their arithmetic one")
{
    for (const double sigma : {0.5, 0.1, 1e-3}) {
        const auto d = solve_sealed({32, 24, 16}, [](auto, auto, auto z) { return 1 + z / 4 % 2; }, {1.0, sigma});
        CHECK(along(d, Axis::z).effective ==
              Approx(2 / (1 + 1 / sigma)).epsilon(2e-6)); // exact on the grid: only the solver errs
        CHECK(along(d, Axis::x).effective == Approx((1 + sigma) / 2).epsilon(2e-6));
        CHECK(along(d, Axis::y).effective == Approx((1 + sigma) / 2).epsilon(2e-6));
        CHECK_FALSE(along(d, Axis::x).formation_factor.has_value()); // more than one phase conducts
    }
}

TEST_CASE("the unit of the conductivities is kept")
{
    const auto d = solve_sealed({16, 16, 16}, [](auto, auto, auto z) { return 1 + z / 4 % 2; }, {50.0, 5.0});
    CHECK(along(d, Axis::z).effective == Approx(2 / (1 / 50.0 + 1 / 5.0)).epsilon(2e-6));
    CHECK(along(d, Axis::z).relative == Approx(along(d, Axis::z).effective / 50).epsilon(1e-12));
}

TEST_CASE("a checkerboard of two phases tends to the geometric mean as it is refined")
{
    // four by four squares: the sealed boundary is a mirror line of the periodic checkerboard through the middle of squares
    const double sigma = 0.1;
    std::vector<double> value;
    for (const std::int64_t cells : {8, 16, 32, 64}) {
        const std::int64_t n = 4 * cells;
        const auto phase = [&](auto x, auto y, auto) { return 1 + ((x + cells / 2) / cells + (y + cells / 2) / cells) % 2; };
        const auto d = solve_sealed({1, n, n}, phase, {1.0, sigma});
        value.push_back(along(d, Axis::x).effective);
        CHECK(along(d, Axis::y).effective == Approx(value.back()).epsilon(1e-5));
    }
    // the field has the singularity r^λ with λ = (4/π) atan(√σ) where squares meet, so the energy converges with order 2λ
    const double order = std::log2((value[1] - value[2]) / (value[2] - value[3]));
    const double expected_order = 8 / M_PI * std::atan(std::sqrt(sigma));
    CHECK(order == Approx(expected_order).epsilon(0.1));
    const double limit = value[3] + (value[3] - value[2]) / (std::exp2(expected_order) - 1);
    CHECK(limit == Approx(std::sqrt(sigma)).epsilon(2e-3));
}

TEST_CASE("straight channels conduct like their share of the cross-section")
{
    const auto d =
        solve_sealed({40, 30, 50}, [](auto, auto y, auto z) { return (y >= 5 && y < 11 && z >= 3 && z < 30) ? 1 : 0; });
    CHECK(along(d, Axis::x).relative == Approx(6.0 * 27 / (30 * 40)).epsilon(1e-7));
    CHECK(*along(d, Axis::x).tortuosity == Approx(1).epsilon(1e-7));
}

TEST_CASE("a channel that bends has the resistance of its pieces")
{
    // one voxel wide: along x, up z, along x; the resistance of a chain of n voxels is n
    const auto path = [](auto x, auto y, auto z) {
        if (y != 2) return 0;
        return ((z == 1 && x <= 10) || (x == 10 && z >= 1 && z <= 8) || (z == 8 && x >= 10)) ? 1 : 0;
    };
    const auto d = solve_sealed({10, 5, 20}, path);
    const double voxels = 20 + 7; // one voxel an x, and seven more up
    CHECK(along(d, Axis::x).relative == Approx(1 / voxels * 20 / (10 * 5)).epsilon(1e-6));
}

TEST_CASE("an axis that nothing percolates along has no diffusivity, and that is an answer")
{
    const auto d = solve_sealed({20, 20, 20}, [](auto x, auto, auto) { return x != 10; });
    CHECK_FALSE(along(d, Axis::x).percolates);
    CHECK(along(d, Axis::x).relative == 0);
    CHECK_FALSE(along(d, Axis::x).formation_factor.has_value());
    CHECK(along(d, Axis::x).converged);
    CHECK(along(d, Axis::y).percolates);
}

TEST_CASE("the diffusivity lies below the porosity, and fluxes at both ends agree with it")
{
    const Shape shape{64, 64, 64};
    const auto d = solve_sealed(shape, rough);
    std::int64_t pores = 0;
    for (std::int64_t z = 0; z < 64; ++z)
        for (std::int64_t y = 0; y < 64; ++y)
            for (std::int64_t x = 0; x < 64; ++x) pores += rough(x, y, z);
    for (const Axis axis : all_axes) {
        CHECK(along(d, axis).relative < static_cast<double>(pores) / static_cast<double>(shape.voxels()));
        CHECK(along(d, axis).inlet_flux == Approx(along(d, axis).relative).epsilon(1e-3));
        CHECK(along(d, axis).outlet_flux == Approx(along(d, axis).relative).epsilon(1e-3));
    }
}

TEST_CASE("mirrored and turned images have mirrored and turned diffusivities")
{
    const Shape shape{40, 56, 48};
    const auto d = solve_sealed(shape, rough);
    const auto mirrored = solve_sealed(shape, [&](auto x, auto y, auto z) { return rough(shape.nx - 1 - x, y, z); });
    const auto turned =
        solve_sealed({48, 40, 56}, [&](auto x, auto y, auto z) { return rough(z, x, y); }); // x' = y, y' = z, z' = x
    for (const Axis axis : all_axes) CHECK(along(mirrored, axis).relative == Approx(along(d, axis).relative).epsilon(1e-6));
    CHECK(along(turned, Axis::x).relative == Approx(along(d, Axis::y).relative).epsilon(1e-6));
    CHECK(along(turned, Axis::y).relative == Approx(along(d, Axis::z).relative).epsilon(1e-6));
    CHECK(along(turned, Axis::z).relative == Approx(along(d, Axis::x).relative).epsilon(1e-6));
}

TEST_CASE("the error estimate is above the true error, on open and on tight images")
{
    for (const double threshold : {0.52, 0.49, 0.481}) {
        const Shape shape{56, 60, 64};
        const auto pore = [&](auto x, auto y, auto z) { return test::smooth_noise(x, y, z, 6) < threshold; };
        const auto exact = solve_sealed(shape, pore, {1.0}, 1e-9);
        for (const double accuracy : {1e-2, 1e-3, 1e-4, 1e-5}) {
            const auto d = solve_sealed(shape, pore, {1.0}, accuracy);
            for (const Axis axis : all_axes) {
                if (!along(d, axis).percolates) continue;
                const double error = std::abs(along(d, axis).relative / along(exact, axis).relative - 1);
                CHECK(along(d, axis).error_estimate <= accuracy);
                CHECK(error <= std::max(along(d, axis).error_estimate, 2e-7)); // float has no more digits
            }
        }
    }
}

TEST_CASE("a solve that runs out of iterations says so and gives its best value")
{
    const auto d = test::diffusivity_of(Communicator::world(), {48, 48, 48}, rough, {.accuracy = 1e-9, .max_iterations = 2});
    CHECK_FALSE(d.converged());
    CHECK(along(d, Axis::x).iterations == 2);
    CHECK(along(d, Axis::x).relative > 0);
}

TEST_CASE("a contrast of four decades does not cost many iterations")
{
    for (const double sigma : {1.0, 1e-2, 1e-4}) {
        const auto phase = [](auto x, auto y, auto z) { return rough(x, y, z) ? 1 : 2; };
        const auto d = solve_sealed({64, 64, 64}, phase, {1.0, sigma}, 1e-6);
        CHECK(d.converged());
        for (const Axis axis : all_axes) CHECK(along(d, axis).iterations < 20);
    }
}
