// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "sum/exact_sum.hpp"
#include "sum/interleaved.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

using lapilli::sum::ExactSum;

TEST_CASE("an exact sum does not depend on the order or on the grouping of its summands")
{
    std::mt19937 random(7);
    std::normal_distribution<double> normal;
    std::vector<double> values;
    for (int i = 0; i < 20000; ++i) values.push_back(std::ldexp(normal(random), static_cast<int>(random() % 120) - 60));
    ExactSum forward;
    for (const double v : values) forward.add(v);
    std::shuffle(values.begin(), values.end(), random);
    ExactSum a, b;
    for (std::size_t i = 0; i < values.size(); ++i) (i % 3 == 0 ? a : b).add(values[i]);
    for (std::size_t w = 0; w < a.words.size(); ++w) a.words[w] += b.words[w];
    CHECK(forward.value() == a.value());
}

TEST_CASE("an exact sum loses nothing to cancellation")
{
    ExactSum s;
    for (const double v : {1e30, 3.0, -1e30, 0x1p-90, -3.0}) s.add(v);
    CHECK(s.value() == 0x1p-90);
    ExactSum negative;
    for (const double v : {-5.0, 0.25}) negative.add(v);
    CHECK(negative.value() == -4.75);
    CHECK(ExactSum{}.value() == 0);
}

TEST_CASE("an exact sum cuts off what is below its lowest bit, of each summand alone")
{
    ExactSum nothing;
    for (const double v : {0.0, 0x1p-193, -0x1.fp-250, 0x1p-300, 0x1p-1074}) nothing.add(v);
    CHECK(nothing.words == ExactSum{}.words);
    ExactSum twice;
    for (const double v : {0x1.8p-192, 0x1.8p-192}) twice.add(v);
    CHECK(twice.value() == 0x1p-191);
}

TEST_CASE("what is not finite or far too large makes the sum not a number")
{
    for (const double v : {std::nan(""), HUGE_VAL, 1e300}) {
        ExactSum s;
        s.add(1);
        s.add(v);
        CHECK(std::isnan(s.value()));
    }
}

TEST_CASE("an interleaved sum adds every term once")
{
    for (const int n : {0, 1, 7, 8, 9, 31})
        CHECK(lapilli::sum::interleaved(n, [](int i) { return i + 1; }) == n * (n + 1) / 2);
}
