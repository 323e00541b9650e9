// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/resolution.hpp"

#include "support/catch.hpp"

#include <cmath>

using namespace lapilli;
using property::correction_of;
using property::TwoGrid;

TEST_CASE("blocks count by their value in what they say together of the grid")
{
    const TwoGrid narrow{.one = 1, .two = 0.95, .error_estimate = 0.01, .error_estimate_one = 0.02}, // extrapolated: 0.9
        wide{.one = 3, .two = 2.4, .error_estimate = 0.01, .error_estimate_one = 0.02};              // 1.8
    const auto both = correction_of({narrow, wide});
    CHECK(both.blocks == 2);
    CHECK(both.left_out == 0);
    CHECK(*both.ratio == Approx(2.7 / 4));
    // of the ratios 0.9 and 0.6 with the weights 1 and 3, as a sample of two
    CHECK(*both.spread == Approx(std::sqrt((0.225 * 0.225 + 3 * 0.075 * 0.075) / 4 * 2)));
    CHECK(*both.sample == Approx(0.5)); // 2 ± 1
    const double in_ratio = (2 * 0.95 * 0.01 + 1 * 0.02 + 2 * 2.4 * 0.01 + 3 * 0.02) / 2.7 + 0.02;
    CHECK(*both.error_estimate == Approx(in_ratio));
}

TEST_CASE("a block that does not percolate counts as nothing in the sample, and not in the ratio")
{
    const TwoGrid narrow{.one = 1, .two = 0.95}, wide{.one = 3, .two = 2.4};
    const auto three = correction_of({narrow, std::nullopt, wide});
    CHECK(three.blocks == 2);
    CHECK(three.left_out == 1);
    CHECK(*three.ratio == Approx(2.7 / 4));
    CHECK(*three.spread == Approx(*correction_of({narrow, wide}).spread));
    CHECK(*three.sample == Approx(std::sqrt((1 + 9 - 16.0 / 3) / 2 / 3) / (4.0 / 3)));

    const auto one = correction_of({wide});
    CHECK(*one.ratio == Approx(0.6));
    CHECK_FALSE(one.spread.has_value());
    CHECK_FALSE(one.sample.has_value());
    CHECK_FALSE(correction_of({std::nullopt}).ratio.has_value());
}
