// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/catch.hpp"
#include "support/made_image.hpp"

#include <cmath>

using namespace lapilli;
using parallel::Communicator;

namespace {

template <class Phase>
property::Diffusivity solve_periodic(const Shape& shape, Phase&& phase, std::vector<double> conductivity = {1.0},
                                     double accuracy = 1e-7)
{
    return test::diffusivity_of(Communicator::world(), shape, phase,
                                {.conductivity = std::move(conductivity), .accuracy = accuracy}, Boundary::periodic);
}

bool rough_round(std::int64_t x, std::int64_t y, std::int64_t z) { return test::smooth_noise(x, y, z, 4) < 0.495; }

/// The largest difference of entries, relative to the largest entry of a.
double difference(const Tensor& a, const Tensor& b)
{
    double most = 0, largest = 0;
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j) {
            most = std::max(most, std::abs(a(i, j) - b(i, j)));
            largest = std::max(largest, std::abs(a(i, j)));
        }
    return most / largest;
}

constexpr double twice_the_solver = 4e-7; // two tensors, each of accuracy 1e-7, and float couplings

} // namespace

TEST_CASE("a periodic open block of any size conducts like the open fluid, exactly")
{
    for (const Shape shape : {Shape{32, 32, 32}, Shape{1, 20, 33}, Shape{17, 1, 1}, Shape{1, 1, 1}, Shape{2, 2, 2},
                              Shape{31, 2, 47}, Shape{50, 3, 40}}) {
        const auto d = solve_periodic(shape, [](auto, auto, auto) { return 1; });
        CHECK(d.tensor->relative == Tensor{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
        CHECK(d.tensor->principal.values == std::array<double, 3>{1, 1, 1});
        for (const auto& axis : d.axes) {
            CHECK(*axis->tortuosity == 1);
            CHECK(*axis->formation_factor == 1);
        }
    }
}

TEST_CASE("periodic layers in series conduct like their harmonic mean, in parallel like their arithmetic one")
{
    for (const double sigma : {0.5, 0.1, 1e-3}) {
        // a period of 6 + 4 voxels that wraps inside a layer
        const auto phase = [](auto, auto y, auto) { return (y + 3) % 10 < 6 ? 1 : 2; };
        const auto d = solve_periodic({24, 30, 7}, phase, {5.0, 5.0 * sigma});
        const Tensor& effective = d.tensor->effective; // exact on the grid: only the solver and float conductivities err
        CHECK(effective(1, 1) == Approx(5 / (0.6 + 0.4 / sigma)).epsilon(2e-6));
        CHECK(effective(0, 0) == Approx(5 * (0.6 + 0.4 * sigma)).epsilon(2e-7));
        CHECK(effective(2, 2) == Approx(5 * (0.6 + 0.4 * sigma)).epsilon(2e-7));
        for (const auto& [i, j] : {std::pair{0U, 1U}, {0U, 2U}, {1U, 2U}}) CHECK(std::abs(effective(i, j)) < 1e-9);
        CHECK_FALSE(d.axes[Axis::x]->formation_factor.has_value()); // more than one phase conducts
    }
}

TEST_CASE("a periodic checkerboard of two phases tends to the geometric mean as it is refined")
{
    const double sigma = 0.1;
    std::vector<double> value;
    for (const std::int64_t cells : {8, 16, 32, 64}) {
        const auto phase = [&](auto x, auto y, auto) { return 1 + (x / cells + y / cells) % 2; };
        const auto d = solve_periodic({1, 2 * cells, 2 * cells}, phase, {1.0, sigma});
        const Tensor& relative = d.tensor->relative;
        value.push_back(relative(0, 0));
        CHECK(relative(1, 1) == Approx(value.back()).epsilon(1e-6));
        CHECK(relative(2, 2) == Approx((1 + sigma) / 2).epsilon(2e-7));
        CHECK(std::abs(relative(0, 1)) < 1e-7);
    }
    // the field has the singularity r^λ with λ = (4/π) atan(√σ) where squares meet, so the energy converges with order 2λ
    const double order = std::log2((value[1] - value[2]) / (value[2] - value[3]));
    const double expected_order = 8 / M_PI * std::atan(std::sqrt(sigma));
    CHECK(order == Approx(expected_order).epsilon(0.1));
    const double limit = value[3] + (value[3] - value[2]) / (std::exp2(expected_order) - 1);
    CHECK(limit == Approx(std::sqrt(sigma)).epsilon(2e-3));
}

TEST_CASE("a tube that winds round two axes only together conducts along its diagonal")
{
    // a staircase: n steps along x and n along y, so half a voxel of drop on each of 2n couplings
    for (const std::int64_t n : {17, 40}) {
        const Shape shape{6, n, n};
        const auto d = solve_periodic(shape, [&](auto x, auto y, auto z) { return z == 3 && (y == x || y == (x + 1) % n); });
        const double expected = static_cast<double>(n) / 2 / static_cast<double>(shape.voxels());
        for (const auto& [i, j] : {std::pair{0U, 0U}, {0U, 1U}, {1U, 1U}})
            CHECK(d.tensor->relative(i, j) == Approx(expected).epsilon(1e-6));
        CHECK_FALSE(d.axes[Axis::z]->percolates);
        for (std::size_t i = 0; i < 3; ++i) CHECK(d.tensor->relative(i, 2) == 0);
        CHECK(d.tensor->principal.values[0] == Approx(2 * expected).epsilon(1e-6));
        CHECK(std::abs(d.tensor->principal.values[2]) < 1e-6 * expected);
        CHECK(d.tensor->principal.directions(0, 0) == Approx(std::sqrt(0.5)).epsilon(1e-6));
        CHECK(d.tensor->principal.directions(0, 1) == Approx(std::sqrt(0.5)).epsilon(1e-6));
    }
}

TEST_CASE("ends that do not meet when the image repeats conduct between sealed faces only")
{
    const Shape shape{12, 20, 40};
    const auto path = [](auto x, auto y, auto z) {
        return z == 3 && (x < 20 ? y == 5 : x == 20 ? y >= 5 && y <= 9 : y == 9);
    };
    const auto sealed = test::diffusivity_of(Communicator::world(), shape, path);
    CHECK(sealed.axes[Axis::x]->relative > 0);
    const auto d = solve_periodic(shape, path);
    CHECK_FALSE(d.percolates());
    CHECK(d.converged());
    CHECK(d.tensor->relative == Tensor::Zero());
    CHECK_FALSE(d.axes[Axis::x]->formation_factor.has_value());
    CHECK_FALSE(d.axes[Axis::x]->tortuosity.has_value());
}

TEST_CASE("clusters that do not wind add nothing, wherever the border cuts them")
{
    const Shape shape{20, 24, 33};
    const auto tube = [](auto, auto y, auto z) { return y >= 8 && y < 12 && z >= 5 && z < 9; };
    const auto with_clusters = [&](auto x, auto y, auto z) {
        return tube(x, y, z) || (y < 3 && (z < 2 || z > 17) && x > 3) || (x < 4 && y > 18 && z > 10 && z < 15);
    };
    const double expected = 16.0 / (20 * 24);
    CHECK(solve_periodic(shape, tube).tensor->relative == Tensor{{expected, 0, 0}, {0, 0, 0}, {0, 0, 0}});
    CHECK(solve_periodic(shape, with_clusters).tensor->relative == Tensor{{expected, 0, 0}, {0, 0, 0}, {0, 0, 0}});
}

TEST_CASE("the tensor is symmetric, below the porosity, and conducts along every direction")
{
    const Shape shape{47, 61, 50};
    const auto d = solve_periodic(shape, rough_round);
    std::int64_t pores = 0;
    for (std::int64_t z = 0; z < shape.nz; ++z)
        for (std::int64_t y = 0; y < shape.ny; ++y)
            for (std::int64_t x = 0; x < shape.nx; ++x) pores += rough_round(x, y, z);
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < i; ++j) CHECK(d.tensor->relative(i, j) == d.tensor->relative(j, i));
    CHECK(d.tensor->principal.values[0] < static_cast<double>(pores) / static_cast<double>(shape.voxels()));
    CHECK(d.tensor->principal.values[2] > 0);
    CHECK(std::abs(d.tensor->relative(0, 1)) > 1e-4); // or else the next test would not see its sign
}

TEST_CASE("shifted, mirrored, turned and repeated images have the same, mirrored, turned and the same tensor")
{
    const Shape s{40, 31, 48};
    const Tensor d = solve_periodic(s, rough_round).tensor->relative;
    const auto shifted = solve_periodic(
        s, [&](auto x, auto y, auto z) { return rough_round((x + 17) % s.nx, (y + 30) % s.ny, (z + 5) % s.nz); });
    CHECK(difference(d, shifted.tensor->relative) < twice_the_solver);

    const auto mirrored = solve_periodic(s, [&](auto x, auto y, auto z) { return rough_round(s.nx - 1 - x, y, z); });
    const Tensor flipped{{d(0, 0), -d(0, 1), -d(0, 2)}, {-d(1, 0), d(1, 1), d(1, 2)}, {-d(2, 0), d(2, 1), d(2, 2)}};
    CHECK(difference(flipped, mirrored.tensor->relative) < twice_the_solver);

    const auto turned = solve_periodic({s.nx, s.nz, s.ny}, [&](auto x, auto y, auto z) { return rough_round(z, x, y); });
    // its x is the old y, its y the old z, its z the old x
    const Tensor permuted{{d(1, 1), d(1, 2), d(1, 0)}, {d(2, 1), d(2, 2), d(2, 0)}, {d(0, 1), d(0, 2), d(0, 0)}};
    CHECK(difference(permuted, turned.tensor->relative) < twice_the_solver);

    const auto repeated =
        solve_periodic({s.nz, 2 * s.ny, s.nx}, [&](auto x, auto y, auto z) { return rough_round(x, y % s.ny, z); });
    CHECK(difference(d, repeated.tensor->relative) < twice_the_solver);
}

TEST_CASE("an image of one plane is the same however often the plane is repeated")
{
    // an axis of one voxel makes a voxel its own neighbour, one of two its neighbour twice
    for (const double sigma : {0.0, 0.2}) {
        const auto phase = [&](auto x, auto y, auto) { return rough_round(x, y, 7) ? 1 : sigma > 0 ? 2 : 0; };
        const std::vector<double> conductivity = sigma > 0 ? std::vector{1.0, sigma} : std::vector{1.0};
        const auto one = solve_periodic({1, 37, 50}, phase, conductivity);
        CHECK(one.axes[Axis::z]->percolates);
        for (const std::int64_t planes : {2, 3, 17})
            CHECK(difference(one.tensor->relative, solve_periodic({planes, 37, 50}, phase, conductivity).tensor->relative) <
                  twice_the_solver);
    }
}

TEST_CASE("the error estimate of the tensor is above its true error, on open and on tight images")
{
    for (const double threshold : {0.52, 0.486, 0.483}) {
        const Shape shape{47, 60, 50};
        const auto pore = [&](auto x, auto y, auto z) { return test::smooth_noise(x, y, z, 6) < threshold; };
        const auto exact = solve_periodic(shape, pore, {1.0}, 1e-9);
        for (const double accuracy : {1e-2, 1e-3, 1e-4, 1e-5}) {
            const auto d = solve_periodic(shape, pore, {1.0}, accuracy);
            for (int i = 0; i < 3; ++i)
                for (int j = 0; j < 3; ++j) {
                    const double error = std::abs(d.tensor->relative(i, j) - exact.tensor->relative(i, j));
                    // of an entry beside the diagonal: the geometric mean of the two on it
                    const double scale = std::sqrt(exact.tensor->relative(i, i) * exact.tensor->relative(j, j));
                    const auto estimate_along = [&](int axis) { return d.axes[all_axes[axis]]->error_estimate; };
                    const double estimate = std::sqrt(estimate_along(i) * estimate_along(j));
                    CHECK(error <= std::max(estimate, 2e-7) * scale);
                }
        }
    }
}

TEST_CASE("a contrast of four decades does not cost many iterations in a periodic image")
{
    for (const double sigma : {1.0, 1e-2, 1e-4}) {
        const auto phase = [](auto x, auto y, auto z) { return rough_round(x, y, z) ? 1 : 2; };
        const auto d = solve_periodic({63, 64, 50}, phase, {1.0, sigma}, 1e-6);
        CHECK(d.converged());
        for (const auto& axis : d.axes) CHECK(axis->iterations < 20);
    }
}
