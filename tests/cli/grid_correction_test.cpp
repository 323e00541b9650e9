// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/grid_correction.hpp"

#include "support/catch.hpp"

#include <cmath>

using namespace lapilli;
using property::BlockAlong;
using property::corrections_of;
using property::GridCorrection;
using property::GridValue;

namespace {

constexpr double solver = 0.01, solver_one = 0.02; // relative errors

/// Of the first order, so that it extrapolates to a ratio.
BlockAlong block(double one, double ratio)
{
    return {.one = {.value = one, .error_estimate = solver_one},
            .two = GridValue{.value = one * (1 + ratio) / 2, .error_estimate = solver}};
}

using Along = std::vector<std::optional<BlockAlong>>;

/// Along x alone.
GridCorrection correction_of(const Along& blocks, double image)
{
    property::GridValues values;
    values.axes[Axis::x] = GridValue{.value = image};
    return corrections_of({blocks, Along(blocks.size()), Along(blocks.size())}, values, 1)[Axis::x].value();
}

} // namespace

TEST_CASE("an image has the ratio that the blocks' line has at its own value")
{
    const auto line = [](double one) { return 0.75 + 0.05 * std::log(one); };
    const Along blocks{block(0.5, line(0.5)), block(1, line(1)), block(3, line(3)), block(4, line(4))};
    for (const double image : {0.3, 1.0, 2.5}) {
        const auto c = correction_of(blocks, image);
        CHECK(c.blocks == 4);
        CHECK(c.two_cells == 4);
        CHECK(*c.ratio == Approx(line(image)));
        CHECK(*c.standard_error < 1e-6);
    }
}

TEST_CASE("blocks count by their value in the line, and what is off it makes the ratio uncertain")
{
    // two of the same value and two of another: the line goes through the means 0.7 and 0.8, of the weights 0.8 and 3.2
    const Along blocks{block(1, 0.69), block(1, 0.71), block(4, 0.79), block(4, 0.81)};
    const double between = std::exp(0.2 * std::log(1) + 0.8 * std::log(4)); // the mean logarithm
    const auto c = correction_of(blocks, between);
    CHECK(*c.ratio == Approx(0.78));
    CHECK(*c.spread == Approx(std::sqrt(4 * 1e-4 / 2))); // two degrees of freedom are left
    const double student = 1.3213;                       // of two degrees, at 68.27 %
    CHECK(*c.standard_error == Approx(student * *c.spread / 2 / 0.78).epsilon(0.015));
    CHECK(*c.standard_error >= student * *c.spread / 2 / 0.78);
    const auto far = correction_of(blocks, 4);
    CHECK(*far.ratio == Approx(0.8));
    CHECK(*far.standard_error > *c.standard_error);
    const auto of_solver = [](double ratio) { return (1 + ratio) * solver + solver_one + ratio * solver_one; };
    CHECK(*c.error_estimate == Approx(of_solver(0.78) / 0.78));
}

TEST_CASE("axes share the line, each by the means along it")
{
    property::GridValues image;
    for (const Axis axis : {Axis::x, Axis::z}) image.axes[axis] = GridValue{.value = 2};
    const Along wide{block(4, 0.8)}, narrow{block(1, 0.7)};
    const auto c = corrections_of({wide, {std::nullopt}, narrow}, image, 1);
    CHECK(*c[Axis::x]->ratio == *c[Axis::z]->ratio);
    CHECK(*c[Axis::x]->ratio == Approx(0.75)); // two points are too few for a slope
    CHECK_FALSE(c[Axis::y].has_value());
    CHECK(c[Axis::x]->standard_error.has_value());
    CHECK_FALSE(correction_of(wide, 2).standard_error.has_value());
    CHECK(*correction_of(wide, 2).ratio == Approx(0.8));
}

TEST_CASE("a line is no steeper than the width of passages can make it")
{
    const Along blocks{block(1, 0.7), block(1.001, 0.9), block(1.002, 0.7)};
    CHECK(std::abs(*correction_of(blocks, 100).ratio - 0.77) < 0.12 * std::log(100));
}

TEST_CASE("a block that does not percolate counts as nothing in the sample, and not in the ratio")
{
    auto plain = block(3, 0.6);
    plain.two.reset();
    const auto c = correction_of({block(1, 0.9), std::nullopt, plain}, 1);
    CHECK(c.blocks == 2);
    CHECK(c.two_cells == 1);
    CHECK(c.left_out == 1);
    CHECK(*c.ratio == Approx(0.9));
    CHECK(*c.sample == Approx(std::sqrt((1 + 9 - 16.0 / 3) / 2 / 3) / (4.0 / 3)));
    const auto none = correction_of({std::nullopt, std::nullopt}, 1);
    CHECK(none.left_out == 2);
    CHECK_FALSE((none.ratio || none.sample || none.standard_error));
}

TEST_CASE("an image that is its own only block has its own ratio")
{
    const auto c = property::correction_of({.one = 3, .two = 2.4, .order = 1});
    CHECK(*c.ratio == Approx(0.6));
    CHECK(c.blocks == 1);
    CHECK_FALSE((c.edge_voxels || c.spread || c.standard_error));
}
