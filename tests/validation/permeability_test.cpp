// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/catch.hpp"
#include "support/made_image.hpp"
#include "support/poiseuille.hpp"

#include "core/error.hpp"

#include <cmath>
#include <map>
#include <numbers>

using namespace lapilli;
using parallel::Communicator;
using stokes::Walls;
using test::rectangle;

namespace {

const property::AxisPermeability& along(const property::Permeability& k, Axis axis) { return *k.axes[axis]; }

template <class Phase>
property::Permeability solve_flow(const Shape& shape, Phase&& phase, Walls walls = Walls::weighted, double accuracy = 1e-6,
                                  Boundary boundary = Boundary::sealed)
{
    return test::permeability_of(Communicator::world(), shape, phase, {.walls = walls, .accuracy = accuracy}, boundary);
}

/// k along x, with walls at the sides of y and z where the image ends: a pipe whose cross-section is all there is.
template <class Inside>
double pipe(std::int64_t ny, std::int64_t nz, Walls walls, Inside&& inside, std::int64_t length = 4)
{
    const auto k =
        test::permeability_of(Communicator::world(), {nz, ny, length}, [&](auto, auto y, auto z) { return inside(y, z); },
                              {.axes = {Axis::x}, .walls = walls, .accuracy = 1e-6});
    return along(k, Axis::x).voxel2;
}
const auto all = [](auto, auto) { return true; };

double order(double coarse, double fine) { return std::log2(std::abs(coarse) / std::abs(fine)); }

bool rough_flow(std::int64_t x, std::int64_t y, std::int64_t z) { return test::smooth_noise(x, y, z, 4) < 0.495; }

} // namespace

/// Mean velocity of a slit of h voxels by elimination: u'' = -g, half a voxel to the walls, the flux weighted by g.
double discrete_slit(int h, Walls walls)
{
    std::vector<double> g(static_cast<std::size_t>(h), 1), diagonal(g.size(), 2), right;
    if (walls == Walls::weighted) g.front() = g.back() = h == 1 ? 1 - 2 / 6.0 + 2 / 108.0 : 1 - 1 / 6.0;
    ++diagonal.front();
    ++diagonal.back();
    right = g;
    for (std::size_t i = 1; i < g.size(); ++i) {
        diagonal[i] -= 1 / diagonal[i - 1];
        right[i] += right[i - 1] / diagonal[i - 1];
    }
    double above = 0, flux = 0;
    for (std::size_t i = g.size(); i-- > 0;) {
        above = (right[i] + above) / diagonal[i];
        flux += g[i] * above;
    }
    return flux / h;
}

// The discrete parabola is exact but for the walls at half a voxel, which makes plain walls (h²/12)(1 + 2/h²); the weights
// cancel that to third order.
TEST_CASE("a slit has the permeability of its discrete parabola, and weighted walls make it that of the smooth one")
{
    for (const int h : {1, 2, 3, 4, 8, 16}) {
        const auto slit = [&](Walls walls) {
            const auto k = solve_flow(
                {h + 2, 5, 6}, [&](auto, auto, auto z) { return z > 0 && z <= h; }, walls, 1e-7, Boundary::periodic);
            CHECK(along(k, Axis::y).voxel2 == Approx(along(k, Axis::x).voxel2).epsilon(1e-6));
            CHECK(along(k, Axis::z).voxel2 == 0);
            return along(k, Axis::x).voxel2 * (h + 2) / h;
        };
        const double smooth = h * h / 12.0;
        INFO("height " << h);
        CHECK(slit(Walls::plain) == Approx(smooth * (1 + 2.0 / (h * h))).epsilon(1e-6));
        CHECK(slit(Walls::weighted) == Approx(discrete_slit(h, Walls::weighted)).epsilon(1e-6));
        if (h >= 3) CHECK(std::abs(slit(Walls::weighted) / smooth - 1) < 0.4 / (h * h * h));
    }
}

TEST_CASE("plain square and rectangular ducts converge to their series with second order")
{
    for (const std::int64_t aspect : {1, 2}) {
        std::vector<double> errors;
        for (const std::int64_t h : {4, 8, 16, 32}) {
            const auto exact = rectangle(static_cast<double>(h), static_cast<double>(aspect * h));
            errors.push_back(pipe(h, aspect * h, Walls::plain, all) / exact - 1);
        }
        CHECK(rectangle(1, 1) == Approx(0.0351443).epsilon(1e-5));
        for (std::size_t i = 1; i < errors.size(); ++i) CHECK(order(errors[i - 1], errors[i]) == Approx(2).margin(0.15));
        CHECK(errors.back() < 0.005);
    }
}

TEST_CASE("weighted walls make ducts of few voxels better than plain ones")
{
    const std::map<std::int64_t, double> seen{{1, -0.30}, {2, -0.17}, {3, -0.077}, {4, -0.044}, {8, -0.012}};
    for (const auto& [h, error] : seen)
        CHECK(pipe(h, h, Walls::weighted, all) / rectangle(static_cast<double>(h), static_cast<double>(h)) - 1 ==
              Approx(error).margin(0.005));
}

TEST_CASE("a circular tube converges to Poiseuille's law, by its own area")
{
    for (const auto walls : {Walls::plain, Walls::weighted}) {
        std::vector<double> errors;
        for (const std::int64_t n : {16, 32, 64}) {
            const double radius = static_cast<double>(n) / 2 - 1, centre = static_cast<double>(n) / 2 - 0.5;
            double area = 0;
            const auto inside = [&](auto y, auto z) {
                const double dy = static_cast<double>(y) - centre, dz = static_cast<double>(z) - centre;
                return dy * dy + dz * dz < radius * radius;
            };
            for (std::int64_t z = 0; z < n; ++z)
                for (std::int64_t y = 0; y < n; ++y) area += inside(y, z) ? 1 : 0;
            const double phi = area / static_cast<double>(n * n);
            const double exact = phi * (area / std::numbers::pi) / 8; // the radius that has this area
            errors.push_back(pipe(n, n, walls, inside, 3) / exact - 1);
        }
        INFO("errors " << errors[0] << " " << errors[1] << " " << errors[2]);
        CHECK(std::abs(errors[2]) < 0.01);
        if (walls == Walls::plain) // two errors of the staircase nearly cancel
            for (const double error : errors) CHECK(std::abs(error) < 0.015);
        else
            CHECK(order(errors[0], errors[2]) / 2 > 0.7); // first order
    }
}

TEST_CASE("a triangular duct converges to its law")
{
    std::vector<double> errors;
    for (const std::int64_t n : {32, 64, 128}) {
        const double side = static_cast<double>(n);
        const double height = side * std::sqrt(3) / 2;
        double area = 0;
        const auto inside = [&](auto y, auto z) {
            const double v = static_cast<double>(y) + 0.5, w = static_cast<double>(z) + 0.5;
            return w < height && v > w / std::sqrt(3) && v < side - w / std::sqrt(3);
        };
        for (std::int64_t z = 0; z < n; ++z)
            for (std::int64_t y = 0; y < n; ++y) area += inside(y, z) ? 1 : 0;
        const double phi = area / (side * side);
        errors.push_back(pipe(n, n, Walls::weighted, inside, 2) / (phi * side * side / 80) - 1);
    }
    INFO("errors " << errors[0] << " " << errors[1] << " " << errors[2]);
    CHECK(std::abs(errors[2]) < 0.03);
    CHECK(order(errors[0], errors[2]) / 2 > 0.7);
}

TEST_CASE("a pipe has the same permeability at any length")
{
    const double k = pipe(7, 9, Walls::weighted, all, 4);
    for (const std::int64_t length : {1, 2, 17, 33})
        CHECK(pipe(7, 9, Walls::weighted, all, length) == Approx(k).epsilon(1e-6));
}

TEST_CASE("the flow along the axis of a pipe has tortuosity one, and equal fluxes through all cross-sections")
{
    const auto k = solve_flow(
        {9, 9, 20}, [](auto, auto y, auto z) { return y > 0 && z > 0 && y < 8; }, Walls::weighted, 1e-8);
    const auto& x = along(k, Axis::x);
    CHECK(*x.hydraulic_tortuosity == Approx(1).epsilon(1e-4));
    CHECK(x.by_inlet_flux == Approx(x.voxel2).epsilon(1e-3));
    CHECK(x.by_outlet_flux == Approx(x.voxel2).epsilon(1e-3));
    CHECK(x.by_mean_flux == Approx(x.voxel2).epsilon(1e-3));
}

TEST_CASE("mirrored images and permuted axes have the mirrored and permuted permeability")
{
    const std::int64_t n = 30;
    const auto k = solve_flow({n, n, n}, rough_flow, Walls::weighted, 1e-7);
    const auto mirrored = solve_flow(
        {n, n, n}, [&](auto x, auto y, auto z) { return rough_flow(n - 1 - x, y, n - 1 - z); }, Walls::weighted, 1e-7);
    const auto permuted = solve_flow(
        {n, n, n}, [&](auto x, auto y, auto z) { return rough_flow(y, z, x); }, Walls::weighted, 1e-7);
    for (const Axis axis : all_axes) {
        REQUIRE(along(k, axis).percolates);
        CHECK(along(mirrored, axis).voxel2 == Approx(along(k, axis).voxel2).epsilon(1e-6));
    }
    CHECK(along(permuted, Axis::y).voxel2 == Approx(along(k, Axis::x).voxel2).epsilon(1e-6));
    CHECK(along(permuted, Axis::z).voxel2 == Approx(along(k, Axis::y).voxel2).epsilon(1e-6));
    CHECK(along(permuted, Axis::x).voxel2 == Approx(along(k, Axis::z).voxel2).epsilon(1e-6));
}

TEST_CASE("two pore systems side by side add up")
{
    const auto both = [](auto x, auto y, auto z) { return y != 15 && rough_flow(x, y, z); };
    const auto left = [&](auto x, auto y, auto z) { return y < 15 && both(x, y, z); };
    const auto right = [&](auto x, auto y, auto z) { return y > 15 && both(x, y, z); };
    const Shape shape{30, 31, 24};
    const auto k = [&](auto&& pore) { return along(solve_flow(shape, pore, Walls::weighted, 1e-7), Axis::x).voxel2; };
    CHECK(k(both) == Approx(k(left) + k(right)).epsilon(1e-5));
    CHECK(k(left) > 0);
    CHECK(k(right) > 0);
}

TEST_CASE("a pore one voxel wide, its dead ends and an image open in one axis only are no trouble")
{
    const auto pore = [](auto x, auto y, auto z) {
        const bool main = y == 4 && z == 4;
        const bool dead_end = x == 6 && z == 4 && y > 4 && y < 9; // nothing flows there
        const bool alone = x == 3 && y == 10 && z == 10;
        return main || dead_end || alone;
    };
    const auto k = solve_flow({12, 12, 12}, pore, Walls::plain, 1e-7);
    CHECK_FALSE(along(k, Axis::y).percolates);
    CHECK_FALSE(along(k, Axis::z).percolates);
    const auto& x = along(k, Axis::x);
    REQUIRE(x.converged);
    // the row of one face between four walls: 8 u = 1 in a voxel of area 1, but beside the dead end one wall is missing
    CHECK(x.voxel2 * 144 == Approx(0.125).epsilon(0.03));
    CHECK(x.voxel2 * 144 > 0.125);
}

TEST_CASE("the estimate of the solver's error exceeds its error, and that is what was promised")
{
    int cases = 0;
    for (const double threshold : {0.485, 0.497, 0.52})
        for (const auto boundary : {Boundary::sealed, Boundary::periodic}) {
            const auto pore = [&](auto x, auto y, auto z) { return test::smooth_noise(x, y, z, 7) < threshold; };
            const Shape shape{40, 36, 44};
            const auto tight = solve_flow(shape, pore, Walls::weighted, 1e-8, boundary);
            for (const double accuracy : {1e-2, 1e-4}) {
                const auto k = solve_flow(shape, pore, Walls::weighted, accuracy, boundary);
                for (const Axis axis : all_axes) {
                    if (!along(tight, axis).percolates) continue;
                    INFO("threshold " << threshold << " accuracy " << accuracy << " axis " << name(axis));
                    const double error = std::abs(along(k, axis).voxel2 / along(tight, axis).voxel2 - 1);
                    CHECK(along(k, axis).converged);
                    CHECK(along(k, axis).error_estimate <= accuracy);
                    CHECK(error <= along(k, axis).error_estimate);
                    ++cases;
                }
            }
        }
    CHECK(cases > 20);
}

// Corners of one image: the same pores, more of them.
TEST_CASE("iterations grow by less than half with each doubling of the image")
{
    int before = 0;
    for (const std::int64_t n : {24, 48, 96}) {
        const auto k = test::permeability_of(Communicator::world(), {n, n, n},
                                             [](auto x, auto y, auto z) { return test::smooth_noise(x, y, z, 3) < 0.497; },
                                             {.axes = {Axis::z}, .accuracy = 1e-3});
        const auto& z = along(k, Axis::z);
        REQUIRE(z.percolates);
        INFO("edge " << n << ", iterations " << z.iterations << " after " << before);
        CHECK(z.converged);
        if (before > 0) CHECK(2 * z.iterations < 3 * before);
        before = z.iterations;
    }
}

TEST_CASE("a solve that is not given enough iterations says so and has a value")
{
    const auto k =
        test::permeability_of(Communicator::world(), {30, 30, 30}, rough_flow, {.accuracy = 1e-6, .max_iterations = 2});
    CHECK_FALSE(k.converged());
    CHECK(along(k, Axis::x).iterations == 2);
    CHECK(along(k, Axis::x).voxel2 > 0);
}

TEST_CASE("a periodic image without walls is refused")
{
    CHECK_THROWS_AS(solve_flow(
                        {8, 8, 8}, [](auto, auto, auto) { return true; }, Walls::weighted, 1e-3, Boundary::periodic),
                    Error);
}

TEST_CASE("the tensor of a slanted slit is the slit's along and nothing across, turned")
{
    // walls along x + z = const: flow along (1, 0, -1) and along y, none across
    const std::int64_t n = 32;
    const auto k = solve_flow(
        {n, 4, n}, [&](auto x, auto, auto z) { return (x + z) % n < n / 2; }, Walls::weighted, 1e-6, Boundary::periodic);
    const auto& t = k.tensor->voxel2;
    CHECK(t(0, 0) == Approx(t(2, 2)).epsilon(1e-5));
    CHECK(t(0, 2) == Approx(-t(0, 0)).epsilon(1e-4)); // nothing flows across
    CHECK(t(0, 2) == t(2, 0));
    CHECK(std::abs(t(0, 1)) < 1e-6 * t(0, 0));
    const double height = static_cast<double>(n) / 2 / std::sqrt(2);
    CHECK(k.tensor->principal.values[0] == Approx(0.5 * height * height / 12).epsilon(0.1)); // a staircase of 11 voxels
    CHECK(std::abs(k.tensor->principal.values[2]) < 1e-3 * k.tensor->principal.values[0]);
}
