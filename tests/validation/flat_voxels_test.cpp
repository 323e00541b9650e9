// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/catch.hpp"
#include "support/elimination.hpp"
#include "support/made_image.hpp"
#include "support/poiseuille.hpp"

#include <cmath>
#include <numbers>

using namespace lapilli;
using parallel::Communicator;
using stokes::Walls;

namespace {

constexpr std::array shapes_of_voxels{VoxelEdges{2, 2, 4}, VoxelEdges{5, 1, 1}, VoxelEdges{3, 7, 2}}; // [um]

std::int64_t& along(Shape& shape, Axis axis) { return axis == Axis::x ? shape.nx : axis == Axis::y ? shape.ny : shape.nz; }

int flat_rough(std::int64_t x, std::int64_t y, std::int64_t z)
{
    const double v = test::smooth_noise(x, y, z, 3);
    return v < 0.497 ? 1 : v < 0.512 ? 2 : 0;
}
bool open_rough(std::int64_t x, std::int64_t y, std::int64_t z) { return flat_rough(x, y, z) == 1; }

template <class Phase>
property::Diffusivity diffusivity(const Shape& shape, const VoxelEdges& edges, Phase&& phase,
                                  const property::DiffusivityOptions& options = {}, Boundary beyond = Boundary::sealed)
{
    return test::diffusivity_of(Communicator::world(), shape, phase, options, beyond, EdgeRatios(edges));
}

template <class Phase>
property::Permeability permeability(const Shape& shape, const VoxelEdges& edges, Phase&& phase,
                                    const property::PermeabilityOptions& options = {}, Boundary beyond = Boundary::sealed)
{
    return test::permeability_of(Communicator::world(), shape, phase, options, beyond, EdgeRatios(edges));
}

double square(double v) { return v * v; }

} // namespace

TEST_CASE("voxels that are no cubes conduct as a direct solve in micrometres says, within the error that is claimed")
{
    const Shape shape{14, 17, 19};
    for (const auto& edges : shapes_of_voxels)
        for (const auto beyond : {Boundary::sealed, Boundary::periodic})
            for (const auto& conductivity : {std::vector{1.0}, std::vector{1.0, 0.02}}) {
                const auto phase = [&](auto x, auto y, auto z) {
                    const int p = flat_rough(x, y, z);
                    return conductivity.size() > 1 || p == 1 ? p : 0;
                };
                for (const double accuracy : {1e-3, 2e-7}) {
                    const auto d =
                        diffusivity(shape, edges, phase, {.conductivity = conductivity, .accuracy = accuracy}, beyond);
                    CHECK(d.converged());
                    for (const Axis axis : all_axes) {
                        const auto& of_axis = *d.axes[axis];
                        if (!of_axis.percolates) continue;
                        INFO(edges.x << " " << edges.y << " " << edges.z << " " << name(beyond) << " " << name(axis)
                                     << ", phases: " << conductivity.size());
                        const double truth = test::by_elimination(shape, edges, axis, beyond, phase, conductivity);
                        CHECK(std::abs(of_axis.relative / truth - 1) <= of_axis.error_estimate + 2e-7);
                        if (beyond == Boundary::sealed && accuracy < 1e-5) { // they err as the field: the root of the energy
                            CHECK(of_axis.inlet_flux == Approx(truth).epsilon(1e-3));
                            CHECK(of_axis.outlet_flux == Approx(truth).epsilon(1e-3));
                        }
                    }
                }
            }
}

TEST_CASE("the tensor of voxels that are no cubes turns with the axes")
{
    const VoxelEdges edges{3, 7, 2}, turned{7, 2, 3};
    const auto k = permeability({20, 24, 28}, edges, open_rough, {.accuracy = 1e-6}, Boundary::periodic);
    const auto k_turned = permeability(
        {28, 20, 24}, turned, [](auto x, auto y, auto z) { return open_rough(z, x, y); }, {.accuracy = 1e-6},
        Boundary::periodic);
    const auto d = diffusivity({20, 24, 28}, edges, open_rough, {.accuracy = 1e-6}, Boundary::periodic);
    const auto d_turned = diffusivity(
        {28, 20, 24}, turned, [](auto x, auto y, auto z) { return open_rough(z, x, y); }, {.accuracy = 1e-6},
        Boundary::periodic);
    constexpr std::array<std::size_t, 3> to{2, 0, 1};
    for (std::size_t a = 0; a < 3; ++a)
        for (std::size_t b = 0; b < 3; ++b) {
            CHECK(k_turned.tensor->voxel2(to[a], to[b]) ==
                  Approx(k.tensor->voxel2(a, b)).epsilon(1e-5).margin(1e-5 * k.tensor->voxel2(0, 0)));
            CHECK(d_turned.tensor->relative(to[a], to[b]) ==
                  Approx(d.tensor->relative(a, b)).epsilon(1e-5).margin(1e-5 * d.tensor->relative(0, 0)));
        }
}

// A slanted slit is the same object whatever the voxels: what its tensor has off the diagonal is physical.
TEST_CASE("a slanted slit of voxels twice as long has the tensor of a slanted slit")
{
    // walls along the diagonals of the voxels: one edge along x and one, twice as long, against z
    const auto open = [](auto x, auto, auto z) { return (x + z) % 16 < 10; };
    const auto k = permeability({16, 4, 16}, {1, 1, 2}, open, {.accuracy = 1e-7}, Boundary::periodic).tensor->voxel2;
    const auto d = diffusivity({16, 4, 16}, {1, 1, 2}, open, {.accuracy = 1e-7}, Boundary::periodic).tensor->relative;
    for (const auto& tensor : {k, d}) {
        const double along = tensor(0, 0) + tensor(2, 2);
        // down the slit (1, 0, -2) / √5 everything, across it (2, 0, 1) / √5 nothing
        CHECK(4 * tensor(0, 0) + 4 * tensor(0, 2) + tensor(2, 2) == Approx(0).margin(0.01 * along));
        CHECK(tensor(0, 2) == Approx(-0.4 * along).epsilon(0.01));
        CHECK(tensor(0, 2) == Approx(tensor(2, 0)).epsilon(1e-6));
    }
}

TEST_CASE("slits and layers of voxels that are no cubes have the values of cubes, scaled")
{
    for (const Axis normal : all_axes)
        for (const auto& edges : shapes_of_voxels) {
            const double thick = square(edges.along(normal) / edges.shortest());
            for (const int height : {1, 2, 3, 7}) {
                Shape shape{4, 4, 4};
                along(shape, normal) = height + 2;
                const auto open = [&](auto x, auto y, auto z) {
                    const auto n = normal == Axis::x ? x : normal == Axis::y ? y : z;
                    return n > 0 && n <= height;
                };
                const property::PermeabilityOptions options{.accuracy = 1e-7};
                const auto flat = permeability(shape, edges, open, options, Boundary::periodic);
                const auto cubic = permeability(shape, {1, 1, 1}, open, options, Boundary::periodic);
                const auto conducts = diffusivity(shape, edges, open, {.accuracy = 1e-7}, Boundary::periodic);
                for (const Axis axis : all_axes) {
                    INFO("normal " << name(normal) << ", " << height << " voxels, along " << name(axis));
                    CHECK(flat.axes[axis]->voxel2 == Approx(cubic.axes[axis]->voxel2 * thick).epsilon(1e-6));
                    CHECK(conducts.axes[axis]->relative ==
                          Approx(axis == normal ? 0 : height / (height + 2.0)).epsilon(1e-6));
                }
            }
        }
}

TEST_CASE("ducts of stretched voxels converge to their series with second order")
{
    for (const auto walls : {Walls::plain, Walls::weighted}) {
        std::vector<double> errors;
        for (const std::int64_t n : {4, 8, 16, 32}) { // voxels of 1 x 2 x 3: a duct of 2 n by 3 n
            const auto k = permeability({n, n, 4}, {1, 2, 3}, [](auto, auto, auto) { return true; },
                                        {.axes = {Axis::x}, .walls = walls, .accuracy = 1e-6});
            const double exact = test::rectangle(2 * static_cast<double>(n), 3 * static_cast<double>(n));
            errors.push_back(k.axes[Axis::x]->voxel2 / exact - 1);
        }
        INFO("errors " << errors[0] << " " << errors[1] << " " << errors[2] << " " << errors[3]);
        CHECK(std::log2(errors[2] / errors[3]) == Approx(2).margin(0.2));
        CHECK(std::abs(errors[3]) < 0.005);
    }
}

// The same spheres as in sphere_arrays_test.cpp and drag_of_arrays_test.cpp, cut into voxels twice as long along z.
TEST_CASE("arrays of spheres in stretched voxels have the known diffusivity and drag to first order")
{
    struct Known {
        double fraction, value;
        double radius() const { return std::cbrt(3 * fraction / (4 * std::numbers::pi)); } // in a cell of edge 1
    };
    constexpr Known diffusion{0.2, 0.726703}, drag{0.216, 7.442}; // the drag by Sangani and Acrivos, 1982
    std::vector<double> of_diffusivity, of_drag;                  // errors: x, z, then those of the finer cells
    for (const std::int64_t n : {32, 64}) {
        const Shape shape{n / 2, n, n};
        const auto around = [&](const Known& sphere) {
            return [n, radius = sphere.radius()](auto x, auto y, auto z) {
                const auto from_middle = [](auto i, std::int64_t count) {
                    return (static_cast<double>(i) + 0.5) / static_cast<double>(count) - 0.5;
                };
                return square(from_middle(x, n)) + square(from_middle(y, n)) + square(from_middle(z, n / 2)) >
                       square(radius);
            };
        };
        const auto d =
            diffusivity(shape, {1, 1, 2}, around(diffusion), {.accuracy = 1e-6}, Boundary::periodic).tensor->relative;
        const auto k = permeability(shape, {1, 1, 2}, around(drag), {.accuracy = 1e-4}, Boundary::periodic).tensor->voxel2;
        CHECK(d(0, 0) == Approx(d(1, 1)).epsilon(1e-5));
        CHECK(k(0, 0) == Approx(k(1, 1)).epsilon(1e-3));
        for (const std::size_t a : {0U, 2U}) {
            of_diffusivity.push_back(d(a, a) / diffusion.value - 1);
            of_drag.push_back(
                square(static_cast<double>(n)) / (6 * std::numbers::pi * drag.radius() * k(a, a)) / drag.value - 1);
        }
    }
    INFO("diffusivity x " << of_diffusivity[0] << " -> " << of_diffusivity[2] << ", z " << of_diffusivity[1] << " -> "
                          << of_diffusivity[3]);
    INFO("drag x " << of_drag[0] << " -> " << of_drag[2] << ", z " << of_drag[1] << " -> " << of_drag[3]);
    for (const std::size_t a : {0U, 1U}) {
        CHECK(std::abs(of_diffusivity[a + 2]) < 0.04);
        CHECK(std::abs(of_diffusivity[a + 2]) < 0.7 * std::abs(of_diffusivity[a]));
        CHECK(std::abs(of_drag[a + 2]) < 0.06);
        CHECK(std::abs(of_drag[a + 2]) < 0.8 * std::abs(of_drag[a]));
    }
}

TEST_CASE("voxels up to five times as long as wide take at most half as many iterations again as cubes")
{
    constexpr std::int64_t n = 60;
    const auto pore = [](std::int64_t x, std::int64_t y, std::int64_t z) {
        return test::smooth_noise(x / 2, y / 2, z / 2, 7) < 0.498;
    };
    const auto iterations = [&](std::array<std::int64_t, 3> every) { // the same rock, cut into voxels of other edges
        const Shape shape{n / every[2], n / every[1], n / every[0]};
        const VoxelEdges edges{static_cast<double>(every[0]), static_cast<double>(every[1]), static_cast<double>(every[2])};
        const auto cut = [&](auto x, auto y, auto z) { return pore(x * every[0], y * every[1], z * every[2]); };
        const auto d = diffusivity(shape, edges, cut, {.accuracy = 1e-6});
        const auto k = permeability(shape, edges, cut, {.accuracy = 1e-3});
        CHECK(d.converged());
        CHECK(k.converged());
        std::array<int, 2> sum{};
        for (const Axis axis : all_axes) {
            CHECK(d.axes[axis]->percolates);
            sum[0] += d.axes[axis]->iterations;
            sum[1] += k.axes[axis]->iterations;
        }
        return sum;
    };
    const auto cubes = iterations({1, 1, 1});
    for (const std::int64_t ratio : {2, 3, 5})
        for (const auto& every : {std::array<std::int64_t, 3>{1, 1, ratio}, {ratio, 1, 1}, {1, ratio, ratio}}) {
            const auto [d, k] = iterations(every);
            INFO(every[0] << " " << every[1] << " " << every[2] << ": diffusion " << d << " (cubes " << cubes[0]
                          << "), flow " << k << " (cubes " << cubes[1] << ")");
            CHECK(2 * d <= 3 * cubes[0]);
            CHECK(2 * (k - 1) <= 3 * cubes[1]); // whole iterations, a few for each of three axes: one of all may be more
        }
}

TEST_CASE("a flow along voxels ten times as long as wide comes down to 1e-6 as one through cubes does")
{
    const auto iterations = [](const VoxelEdges& edges) {
        const auto k = permeability({40, 40, 40}, edges, open_rough, {.axes = {Axis::z}, .accuracy = 1e-6});
        CHECK(k.converged());
        return k.axes[Axis::z]->iterations;
    };
    CHECK(2 * iterations({1, 1, 10}) <= 3 * iterations({1, 1, 1}));
}

TEST_CASE("a flow through a cavity between narrow tubes, of long voxels, does not stand still")
{
    const auto cavity = [](auto x, auto y, auto z) {
        const bool between = z >= 8 && z < 24, inside = x >= 4 && x < 28 && y >= 4 && y < 28;
        return between ? inside : x % 3 != 0 && y % 3 != 0;
    };
    for (const double length : {1.0, 8.0}) {
        const auto k = permeability({32, 32, 32}, {1, 1, length}, cavity, {.axes = {Axis::z}, .accuracy = 1e-3});
        CAPTURE(length, k.axes[Axis::z]->iterations);
        CHECK(k.converged());
        CHECK(k.axes[Axis::z]->iterations <= 20);
    }
}
