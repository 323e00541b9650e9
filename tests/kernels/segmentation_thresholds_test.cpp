// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "segmentation/otsu.hpp"
#include "support/catch.hpp"

#include <cmath>
#include <random>
#include <vector>

using namespace lapilli::segmentation;

namespace {

std::size_t place(std::int32_t level) { return static_cast<std::size_t>(level); }

/// Some levels from `first` on, each with some voxels or none.
Histogram some_levels(std::int32_t first, std::int32_t count, unsigned seed)
{
    std::mt19937 random(seed);
    std::uniform_int_distribution<int> voxels(-20, 100);
    Histogram histogram(place(levels));
    for (std::int32_t level = first; level < first + count; ++level) histogram[place(level)] = std::max(0, voxels(random));
    histogram[place(first)] = histogram[place(first + count / 2)] = histogram[place(first + count - 1)] = 3;
    return histogram;
}

/// Between classes, by definition; empty classes do not count.
double variance(const Histogram& histogram, const std::vector<std::int32_t>& cuts)
{
    double all = 0, sum = 0, between = 0;
    for (std::int32_t level = 0; level < levels; ++level) {
        all += static_cast<double>(histogram[place(level)]);
        sum += static_cast<double>(histogram[place(level)]) * level;
    }
    for (const auto& part : classes_of(histogram, cuts)) {
        if (!part.mean) return -1;
        between += static_cast<double>(part.voxels) * std::pow(*part.mean - sum / all, 2);
    }
    return between;
}

} // namespace

TEST_CASE("classes have the voxels and the mean of the levels between the cuts")
{
    Histogram histogram(place(levels));
    histogram[0] = 1;
    histogram[10] = 3;
    histogram[65535] = 2;
    const auto classes = classes_of(histogram, std::vector<std::int32_t>{10, 20, 30});
    REQUIRE(classes.size() == 4);
    CHECK(classes[0].voxels == 1);
    CHECK(classes[0].mean == 0.0);
    CHECK(classes[1].voxels == 3);
    CHECK(classes[1].mean == 10.0);
    CHECK_FALSE(classes[2].mean.has_value());
    CHECK(classes[3].mean == 65535.0);
}

TEST_CASE("no threshold parts the levels better than Otsu's")
{
    for (unsigned seed = 1; seed <= 20; ++seed) {
        const std::int32_t first = seed % 2 == 0 ? 65536 - 40 : 0;
        const auto histogram = some_levels(first, 40, seed);
        const auto cuts = otsu(histogram);
        REQUIRE(cuts.size() == 1);
        double best = -1;
        for (std::int32_t cut = first + 1; cut < first + 40; ++cut) best = std::max(best, variance(histogram, {cut}));
        CHECK(variance(histogram, cuts) == Approx(best).epsilon(1e-12));
    }
}

TEST_CASE("no two thresholds part the levels better than those for three classes")
{
    for (unsigned seed = 1; seed <= 5; ++seed) {
        const auto histogram = some_levels(20000, 30, seed);
        const auto cuts = otsu(histogram, 3);
        REQUIRE(cuts.size() == 2);
        double best = -1;
        for (std::int32_t a = 20001; a < 20030; ++a)
            for (std::int32_t b = a + 1; b < 20030; ++b) best = std::max(best, variance(histogram, {a, b}));
        CHECK(variance(histogram, cuts) == Approx(best).epsilon(1e-12));
    }
}

TEST_CASE("thresholds for three classes over all levels lie where no step of one changes them for the better")
{
    Histogram histogram(place(levels));
    for (std::int32_t level = 0; level < levels; ++level)
        for (const auto& [centre, width] : {std::pair{9000., 900.}, std::pair{25000., 2500.}, std::pair{48000., 1500.}})
            histogram[place(level)] += std::lround(1000 * std::exp(-std::pow((level - centre) / width, 2)));
    const auto cuts = otsu(histogram, 3);
    const double best = variance(histogram, cuts);
    for (const std::int32_t a : {-1, 0, 1})
        for (const std::int32_t b : {-1, 0, 1}) CHECK(variance(histogram, {cuts[0] + a, cuts[1] + b}) <= best * (1 + 1e-12));
    CHECK(cuts[0] > 12000);
    CHECK(cuts[0] < 21000);
    CHECK(cuts[1] > 32000);
    CHECK(cuts[1] < 44000);
}

TEST_CASE("a threshold in a gap lies in its middle")
{
    Histogram histogram(place(levels));
    histogram[10] = 5;
    histogram[200] = 9;
    CHECK(otsu(histogram) == std::vector<std::int32_t>{105});
    histogram[65535] = 7;
    CHECK(otsu(histogram, 3) == std::vector<std::int32_t>{105, 32868});
}

TEST_CASE("the noise is found from neighbours in rows")
{
    std::mt19937 random(3);
    const std::int64_t nx = 100;
    const auto noise_of_image = [&](double noise, double step) {
        std::normal_distribution<double> normal(0, noise);
        std::vector<Level> voxels;
        for (std::int64_t i = 0; i < 400 * nx; ++i) // one surface in 25 voxels
            voxels.push_back(static_cast<Level>(std::lround(3000 + (i / 25 % 2 == 0 ? step : 0) + normal(random))));
        Histogram steps(place(levels));
        count_steps(voxels, nx, steps);
        return noise_of(steps);
    };
    // 40 000 differences: the standard error of their median is 0.6 % of it
    CHECK(noise_of_image(500, 0) == Approx(500).epsilon(0.025));
    CHECK(noise_of_image(2, 0) == Approx(2).epsilon(0.05)); // levels are whole numbers
    CHECK(noise_of_image(500, 5000) == Approx(500).epsilon(0.1));
    CHECK(noise_of_image(500, 5000) > 500);

    Histogram flat(place(levels));
    count_steps(std::vector<Level>{7, 7, 7, 900, 900, 900}, 3, flat); // rows are not neighbours
    CHECK(flat[0] == 4);
    CHECK(noise_of(flat) == 0);
}
