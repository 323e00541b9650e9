// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/archie.hpp"
#include "support/catch.hpp"

#include <cmath>
#include <limits>
#include <vector>

using namespace lapilli::serve;

TEST_CASE("points on Archie's law give its exponent, without an error")
{
    std::vector<PorosityAndFactor> points;
    for (const double porosity : {0.1, 0.2, 0.35, 0.6}) points.push_back({porosity, std::pow(porosity, -1.8)});
    const auto archie = fit_archie(points);
    REQUIRE(archie);
    CHECK(archie->exponent == Approx(1.8).epsilon(1e-12));
    CHECK(archie->error < 1e-7);
    CHECK(archie->points == 4);
}

TEST_CASE("the exponent is that of least squares through F(1) = 1, with its standard error")
{
    // u = log φ = -1, -2, -3 and v = log F = 2, 3, 7: m = (2 + 6 + 21)/14 = 29/14; the rest of v + m u is 62 - 29²/14 =
    // 27/14, so its standard error is sqrt(27/14 / 2 / 14)
    const std::vector<PorosityAndFactor> points{
        {std::exp(-1), std::exp(2)}, {std::exp(-2), std::exp(3)}, {std::exp(-3), std::exp(7)}};
    const auto archie = fit_archie(points);
    REQUIRE(archie);
    CHECK(archie->exponent == Approx(29.0 / 14));
    CHECK(archie->error == Approx(std::sqrt(27.0 / 14 / 2 / 14)));
}

TEST_CASE("fewer than three points that can be on a logarithmic chart have no exponent")
{
    constexpr double nothing = std::numeric_limits<double>::quiet_NaN(), all = std::numeric_limits<double>::infinity();
    CHECK(!fit_archie({}));
    std::vector<PorosityAndFactor> points{{0.2, 20}, {0.3, 9},  {0, 5},     {1, 1},      {1.5, 2},
                                          {0.4, 0},  {0.4, -3}, {0.5, all}, {nothing, 4}};
    points.push_back({0.4, nothing});
    CHECK(!fit_archie(points));
    points.push_back({0.4, 5});
    CHECK(fit_archie(points)->points == 3);
}
