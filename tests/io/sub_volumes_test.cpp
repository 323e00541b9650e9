// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/sub_volumes.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

using namespace lapilli;
using property::CubeSpread;

namespace {

using Box = PerAxis<std::int64_t>;

/// By the definition: the value of every cube, one after the other.
CubeSpread by_hand(const property::BrickRatio& ratio, const Box& n, std::int64_t edge)
{
    double above = 0, below = 0;
    for (std::size_t i = 0; i < ratio.above.size(); ++i) {
        above += ratio.above[i];
        below += ratio.below[i];
    }
    CubeSpread spread{.mean = above / below};
    double squares = 0, disjoint = 1;
    Box size{};
    for (const Axis axis : all_axes) {
        size[axis] = n[axis] == 1 ? 1 : edge;
        disjoint *= 1.0 * n[axis] / size[axis];
    }
    for (std::int64_t z = 0; z + size[Axis::z] <= n[Axis::z]; ++z)
        for (std::int64_t y = 0; y + size[Axis::y] <= n[Axis::y]; ++y)
            for (std::int64_t x = 0; x + size[Axis::x] <= n[Axis::x]; ++x) {
                above = below = 0;
                for (std::int64_t c = 0; c < size[Axis::x] * size[Axis::y] * size[Axis::z]; ++c) {
                    const auto place =
                        ((z + c / size[Axis::x] / size[Axis::y]) * n[Axis::y] + y + c / size[Axis::x] % size[Axis::y]) *
                            n[Axis::x] +
                        x + c % size[Axis::x];
                    above += ratio.above[place];
                    below += ratio.below[place];
                }
                ++spread.cubes;
                squares += std::pow(above / below - spread.mean, 2);
            }
    spread.deviation = std::sqrt(squares / spread.cubes / (1 - 1 / disjoint)) / spread.mean;
    return spread;
}

/// Of cubes that lie apart, 8 of each size, with a variance of factor * V^-exponent.
std::vector<CubeSpread> falling(double factor, double exponent, std::initializer_list<std::int64_t> edges)
{
    std::vector<CubeSpread> sizes;
    for (const auto edge : edges) {
        const double voxels = std::pow(1.0 * edge, 3);
        sizes.push_back({edge, 8, 8, voxels, 1, std::sqrt(factor * std::pow(voxels, -exponent))});
    }
    return sizes;
}

} // namespace

TEST_CASE("the spread of cubes is that of every cube there is, one after the other")
{
    std::mt19937 random(5);
    std::uniform_real_distribution<double> number(0.5, 2);
    for (const Box& n : {Box{7, 5, 6}, {4, 4, 4}, {9, 8, 1}, {1, 6, 6}}) {
        property::BrickRatio ratio;
        for (std::int64_t i = 0; i < n[Axis::x] * n[Axis::y] * n[Axis::z]; ++i) {
            ratio.above.push_back(number(random));
            ratio.below.push_back(number(random));
        }
        for (const std::int64_t edge : {1, 2, 3}) {
            const auto found = property::spread_of(ratio, n, edge), expected = by_hand(ratio, n, edge);
            CHECK(found.cubes == expected.cubes);
            CHECK(found.mean == Approx(expected.mean).epsilon(1e-12));
            CHECK(found.deviation == Approx(expected.deviation).epsilon(1e-9));
            CHECK(found.edge_voxels == 16 * edge);
        }
    }
}

TEST_CASE("cubes without anything below the line do not count, and equal cubes have no spread")
{
    property::BrickRatio ratio{std::vector<double>(64, 1.0), std::vector<double>(64, 2.0)};
    CHECK(property::spread_of(ratio, {4, 4, 4}, 2).deviation == Approx(0).margin(1e-15));
    ratio.below[0] = ratio.above[0] = 0;
    CHECK(property::spread_of(ratio, {4, 4, 4}, 1).cubes == 63);
}

TEST_CASE("values of cubes that lie apart have the standard deviation of a sample")
{
    const std::vector<double> values{1, 2, 3, 6};
    const auto spread = property::spread_of(values, 32, 32768);
    CHECK(spread.mean == 3);
    CHECK(spread.deviation == Approx(std::sqrt(14 / 3.0) / 3));
}

TEST_CASE("a fall by a power of the volume is found, and goes on to larger and smaller pieces")
{
    for (const double exponent : {0.4, 0.8, 1.0}) {
        const auto sizes = falling(30, exponent, {32, 48, 64, 96, 128});
        const auto fall = property::fall_of(sizes);
        REQUIRE(fall);
        CHECK(fall->exponent == Approx(exponent));
        CHECK(fall->deviation_of(1e9) == Approx(std::sqrt(30 * std::pow(1e9, -exponent))));
        CHECK(fall->deviation_of(fall->voxels_for(0.01)) == Approx(0.01));
    }
}

TEST_CASE("no fall is faster than that of what is independent; it is not told from one size, nor from few or small cubes")
{
    CHECK(property::fall_of(falling(1, 1.6, {32, 64, 128}))->exponent == 1);
    CHECK(property::fall_of(falling(1, -0.5, {32, 64, 128}))->exponent > 0);
    CHECK_FALSE(property::fall_of(falling(1, 1, {64})));
    auto few = falling(1, 1, {32, 64, 128});
    for (auto& size : few) size.disjoint = 4;
    CHECK_FALSE(property::fall_of(few));
    // cubes less than a quarter as wide as the largest have no say
    auto small = falling(1, 1, {8, 64, 128});
    small.front().deviation *= 1000;
    CHECK(property::fall_of(small)->exponent == Approx(1));
}
