// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/catch.hpp"
#include "tensor/tensor.hpp"

#include <cmath>

using namespace lapilli;

TEST_CASE("principal values come in descending order, each with its direction")
{
    const auto p = principal(Tensor{{2, 0, 0}, {0, 5, 0}, {0, 0, 3}});
    CHECK(p.values == std::array<double, 3>{5, 3, 2});
    CHECK(p.directions == Tensor{{0, 1, 0}, {0, 0, 1}, {1, 0, 0}});
}

TEST_CASE("a tensor is the sum of its principal values on their directions")
{
    const Tensor tensor{{0.4, 0.1, -0.05}, {0.1, 0.3, 0.02}, {-0.05, 0.02, 0.2}};
    const auto p = principal(tensor);
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j) {
            double sum = 0, product = 0;
            for (std::size_t k = 0; k < 3; ++k) {
                sum += p.values[k] * p.directions(k, i) * p.directions(k, j);
                product += p.directions(i, k) * p.directions(j, k);
            }
            CHECK(sum == Approx(tensor(i, j)).epsilon(1e-13));
            CHECK(product == Approx(i == j ? 1.0 : 0.0).margin(1e-13));
        }
}

TEST_CASE("an isotropic tensor has the axes of the image as directions")
{
    const auto p = principal(Tensor{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
    CHECK(p.values == std::array<double, 3>{1, 1, 1});
    CHECK(p.directions == Tensor{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
    const Tensor noisy{{1, 1e-9, -2e-9}, {1e-9, 1, 2e-9}, {-2e-9, 2e-9, 1}};
    CHECK(principal(noisy, 1e-8).directions == p.directions);
    CHECK(principal(noisy, 1e-10).directions != p.directions);
    const auto nothing = principal(Tensor::Zero());
    CHECK(nothing.values == std::array<double, 3>{});
    CHECK_FALSE(std::isnan(nothing.directions(0, 0)));
}

TEST_CASE("a tensor is made symmetric by the mean of what faces each other")
{
    CHECK(symmetrized(Tensor{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}) == Tensor{{1, 3, 5}, {3, 5, 7}, {5, 7, 9}});
}

TEST_CASE("a diagonal tube conducts along its diagonal only")
{
    const auto p = principal(Tensor{{0.1, -0.1, 0}, {-0.1, 0.1, 0}, {0, 0, 0}});
    CHECK(p.values[0] == Approx(0.2));
    CHECK(std::abs(p.values[1]) < 1e-16);
    CHECK(p.directions(0, 0) * p.directions(0, 1) == Approx(-0.5));
}
