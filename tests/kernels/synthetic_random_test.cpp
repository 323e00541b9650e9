// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/catch.hpp"
#include "synthetic/blobs.hpp"
#include "synthetic/random.hpp"
#include "synthetic/random_spheres.hpp"
#include "synthetic/threshold.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>

using namespace lapilli;
using namespace lapilli::synthetic;

namespace {

using Labels = std::vector<std::uint8_t>;

std::int64_t count(std::span<const std::uint8_t> labels, std::uint8_t label)
{
    return std::count(labels.begin(), labels.end(), label);
}

Labels first_spheres(const RandomSpheres& recipe)
{
    Labels labels(static_cast<std::size_t>(recipe.shape.voxels()), background(recipe));
    std::vector<std::int64_t> fresh(100);
    paint(recipe, 0, {0, recipe.shape.nz}, labels, fresh);
    return labels;
}

constexpr Shape odd{.nz = 19, .ny = 14, .nx = 23};

} // namespace

TEST_CASE("each sphere counts the voxels it is the first to cover")
{
    const RandomSpheres recipe{.shape = {30, 30, 30}, .radius = 4};
    Labels labels(27000, 0), half_way(27000, 0);
    std::vector<std::int64_t> fresh(200), fresh_half_way(100);
    const auto order = paint(recipe, 0, {0, 30}, labels, fresh);
    paint(recipe, 0, {0, 30}, half_way, fresh_half_way);
    CHECK(std::accumulate(fresh.begin(), fresh.end(), std::size_t{0}) == order.size());
    CHECK(count(labels, 1) == static_cast<std::int64_t>(order.size()));

    const auto kept = std::accumulate(fresh.begin(), fresh.begin() + 100, std::int64_t{0});
    for (auto voxel = order.begin() + kept; voxel != order.end(); ++voxel) labels[static_cast<std::size_t>(*voxel)] = 0;
    CHECK(labels == half_way); // taking back the last spheres leaves the picture before them
}

TEST_CASE("spheres cover the border of the image as much as its inside, and as theory says")
{
    constexpr std::size_t plane = 60 * 60;
    std::int64_t border = 0, middle = 0;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        const auto labels = first_spheres({.shape = {60, 60, 60}, .radius = 8, .seed = seed});
        const std::span<const std::uint8_t> all(labels);
        border += count(all.first(plane), 1);
        middle += count(all.subspan(30 * plane, plane), 1);
    }
    const double ball = 4.0 / 3.0 * std::numbers::pi * 512, box = 76.0 * 76 * 76;
    const double covered = 1 - std::pow(1 - ball / box, 100);
    // Standard deviation of each: 100 planes of some 20 independent patches.
    CHECK(static_cast<double>(border) / (100 * plane) == Approx(covered).margin(0.03));
    CHECK(static_cast<double>(middle) / (100 * plane) == Approx(covered).margin(0.03));
}

TEST_CASE("another seed gives another image, the same seed the same")
{
    const RandomSpheres spheres{.shape = odd, .radius = 3, .seed = 1};
    auto other_spheres = spheres;
    other_spheres.seed = 2;
    CHECK(first_spheres(spheres) == first_spheres(spheres));
    CHECK(first_spheres(spheres) != first_spheres(other_spheres));
    const Blobs blobs{.shape = odd, .correlation = 3, .seed = 1};
    auto other_blobs = blobs;
    other_blobs.seed = 2;
    CHECK(random_field(blobs, {0, 19}) == random_field(blobs, {0, 19}));
    CHECK(random_field(blobs, {0, 19}) != random_field(other_blobs, {0, 19}));
}

TEST_CASE("random numbers are even and independent of their neighbours")
{
    const RandomStream random(7);
    double mean = 0, product = 0;
    constexpr std::uint64_t count = 100'000;
    for (std::uint64_t i = 0; i < count; ++i) {
        mean += random.uniform(i) / count;
        product += (random.uniform(i) - 0.5) * (random.uniform(i + 1) - 0.5) / count;
    }
    CHECK(mean == Approx(0.5).margin(5e-3)); // five standard deviations
    CHECK(product == Approx(0).margin(1.4e-3));
}

TEST_CASE("the field is as correlated along each axis as asked")
{
    const Shape shape{72, 72, 72};
    const auto field = random_field({.shape = shape, .correlation = 4}, {0, 72});
    const std::array<std::size_t, 3> steps{4, 4 * 72, 4 * 72 * 72};
    for (const auto step : steps) {
        double square = 0, product = 0;
        for (std::size_t i = 0; i + 4 * 72 * 72 < field.size(); ++i) {
            square += double{field[i]} * double{field[i]};
            product += double{field[i]} * double{field[i + step]};
        }
        CHECK(product / square == Approx(1 / std::numbers::e).margin(0.05)); // 6000 independent blobs; rows wrap in 1 of 18
    }
}

TEST_CASE("the n lowest of many values are found, equal ones from the front")
{
    std::vector<float> values{3.0F, -1.0F, 2.0F, -1.0F, 0.5F, -1.0F, 1e30F, -2.0F};
    const auto lowest = [&](std::int64_t n) {
        const auto high = bin_of_nth(count_high(values), n);
        const auto low = bin_of_nth(count_low(values, high.index), n - high.below);
        Labels labels(values.size());
        split_at(values, high.index << 16 | low.index, n - high.below - low.below, labels);
        return labels;
    };
    CHECK(lowest(1) == Labels{1, 1, 1, 1, 1, 1, 1, 0});
    CHECK(lowest(3) == Labels{1, 0, 1, 0, 1, 1, 1, 0});
    CHECK(lowest(5) == Labels{1, 0, 1, 0, 0, 0, 1, 0});
    CHECK(lowest(0) == Labels(8, 1));
    CHECK(lowest(8) == Labels(8, 0));
}
