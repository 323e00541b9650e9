// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/rev.hpp"

#include "support/catch.hpp"
#include "support/made_image.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <vector>

using namespace lapilli;

namespace {

constexpr double radius = 5;

std::size_t place_of(std::int64_t n, std::int64_t x, std::int64_t y, std::int64_t z)
{
    return static_cast<std::size_t>((z * n + y) * n + x);
}

/// Solid balls whose centres are independent of each other, also those that lie beyond the faces (Boolean model).
std::vector<std::uint8_t> independent_balls(std::int64_t n, double per_voxel, unsigned seed)
{
    std::mt19937 random(seed);
    const double wide = n + 2 * radius + 2;
    std::poisson_distribution<int> number(per_voxel * wide * wide * wide);
    std::uniform_real_distribution<double> place(-radius - 1, n + radius + 1);
    std::vector<std::uint8_t> pores(n * n * n, 1);
    for (int balls = number(random); balls > 0; --balls) {
        const double x = place(random), y = place(random), z = place(random);
        const auto from = [](double c) { return std::max<std::int64_t>(0, std::ceil(c - radius)); };
        const auto to = [&](double c) { return std::min<std::int64_t>(n - 1, std::floor(c + radius)); };
        for (auto k = from(z); k <= to(z); ++k)
            for (auto j = from(y); j <= to(y); ++j)
                for (auto i = from(x); i <= to(x); ++i)
                    if (std::hypot(i - x, j - y, k - z) < radius) pores[place_of(n, i, j, k)] = 0;
    }
    return pores;
}

/// Variance of the porosity of a large piece, times its volume: the integral of exp(-rate · volume of the union of two balls
/// at a distance) - porosity² over all distances (Lantuejoul's integral range, in closed form for balls).
double variance_times_volume(double per_voxel)
{
    const double ball = 4 / 3.0 * std::numbers::pi * std::pow(radius, 3), porosity = std::exp(-per_voxel * ball);
    double sum = 0;
    constexpr double step = 0.01;
    for (double r = step / 2; r < 2 * radius; r += step) {
        const double common = ball * (1 - 0.75 * r / radius + std::pow(r / radius, 3) / 16);
        sum += 4 * std::numbers::pi * r * r * step * (std::exp(-per_voxel * (2 * ball - common)) - porosity * porosity);
    }
    return sum;
}

} // namespace

TEST_CASE("how far the porosity of an image of independent balls may be off is what theory says, never much less")
{
    const parallel::Communicator comm = parallel::Communicator::world();
    constexpr std::int64_t n = 192;
    constexpr double per_voxel = 0.0015;
    const double porosity = std::exp(-per_voxel * 4 / 3.0 * std::numbers::pi * std::pow(radius, 3));
    const double truth = 2 * std::sqrt(variance_times_volume(per_voxel) / (n * n * n)) / porosity;
    double least = 1e9, most = 0;
    for (const unsigned seed : {1U, 2U, 3U}) {
        const auto voxels = independent_balls(n, per_voxel, seed);
        const Shape shape{n, n, n};
        const image::PoreSpace pores(comm, shape, test::make_bricks(comm, shape, [&](auto x, auto y, auto z) {
                                         return voxels[place_of(n, x, y, z)];
                                     }));
        property::Run run;
        const auto rev = property::measure_rev(run, pores, {});
        REQUIRE(rev.series.front().quantity == "porosity");
        const auto error = rev.series.front().image_error();
        REQUIRE(error);
        least = std::min(least, *error / truth);
        most = std::max(most, *error / truth);
    }
    CHECK(least > 0.7);
    CHECK(most < 2);
}

TEST_CASE("an edge is said only where it is no more than ten times the image's")
{
    property::Rev::Series series{.sizes = {{.edge_voxels = 32, .voxels = 32. * 32 * 32}},
                                 .fall = property::SpreadFall{.exponent = 1, .voxels = 32. * 32 * 32, .deviation = 0.1},
                                 .image_voxels = 128. * 128 * 128};
    CHECK(series.needed_edge() == Approx(32 * std::cbrt(16))); // for a quarter of the deviation
    series.fall->exponent = 0.1;
    CHECK_FALSE(series.needed_edge());
}
