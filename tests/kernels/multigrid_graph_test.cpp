// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "multigrid/dense_inverse.hpp"
#include "multigrid/graph.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

using namespace lapilli;

namespace {

/// A path of n nodes, both ends fixed.
multigrid::Graph<float> path(int n)
{
    multigrid::Graph<float> g;
    for (int i = 0; i < n; ++i) {
        for (const int j : {i - 1, i + 1})
            if (j >= 0 && j < n) {
                g.column.push_back(j);
                g.coupling.push_back(1);
            }
        g.row_start.push_back(static_cast<std::int64_t>(g.column.size()));
        g.dirichlet.push_back(i == 0 || i == n - 1 ? 1.0F : 0.0F);
    }
    return g;
}

} // namespace

TEST_CASE("a sliced matrix has the rows of its graph")
{
    const auto graph = path(21);
    const multigrid::SlicedMatrix matrix(graph);
    std::vector<float> x(static_cast<std::size_t>(multigrid::padded_rows(21)));
    for (std::size_t i = 0; i < 21; ++i) x[i] = static_cast<float>(i * i);
    for (std::int32_t s = 0; s < matrix.slices(); ++s) {
        float sums[8];
        matrix.neighbour_sums(s, x.data(), sums);
        for (int lane = 0; lane < 8; ++lane) {
            const int i = s * 8 + lane;
            if (i >= 21) continue;
            const float expected =
                (i > 0 ? x[static_cast<std::size_t>(i - 1)] : 0) + (i < 20 ? x[static_cast<std::size_t>(i + 1)] : 0);
            CHECK(sums[lane] == expected);
            CHECK(matrix.diagonal()[i] == 2);
        }
    }
}

TEST_CASE("sums of differences see what a large value would drown")
{
    auto graph = path(21);
    graph.differences = true;
    const multigrid::SlicedMatrix matrix(graph);
    std::vector<float> x(static_cast<std::size_t>(multigrid::padded_rows(21)), 1e6F);
    x[10] = 1e6F + 0.125F;
    for (std::int32_t s = 0; s < matrix.slices(); ++s) {
        float sums[8];
        matrix.neighbour_sums(s, x.data(), sums);
        for (int lane = 0; lane < 8 && s * 8 + lane < 21; ++lane) {
            const int i = s * 8 + lane;
            CHECK(sums[lane] == (i == 10 ? -0.25F : i == 9 || i == 11 ? 0.125F : 0.0F));
            CHECK(matrix.own()[i] == (i == 0 || i == 20 ? 1.0F : 0.0F));
        }
    }
}

TEST_CASE("the dense inverse solves")
{
    const auto graph = path(30);
    const multigrid::DenseInverse<float> inverse(graph);
    std::vector<float> b(32, 0), x(32, 0);
    b[0] = 1; // fixed value 1 beyond the first node, 0 beyond the last: a straight line between
    inverse.solve(b.data(), x.data());
    for (int i = 0; i < 30; ++i) CHECK(x[static_cast<std::size_t>(i)] == Approx(1 - (i + 1) / 31.0).epsilon(1e-4));
}

TEST_CASE("the dense inverse knows nothing of constants on components without fixed values")
{
    // a ring of nodes 0 ... 6, a path 7 ... 16 with fixed ends, a pair 17, 18, and 19 alone
    multigrid::Graph<float> g;
    const auto add = [&](const std::vector<int>& neighbours, float fixed) {
        for (const int j : neighbours) {
            g.column.push_back(j);
            g.coupling.push_back(0.3F);
        }
        g.row_start.push_back(static_cast<std::int64_t>(g.column.size()));
        g.dirichlet.push_back(fixed);
    };
    for (int i = 0; i < 7; ++i) add({(i + 6) % 7, (i + 1) % 7}, 0);
    for (int i = 7; i < 17; ++i)
        add(i == 7 ? std::vector{8} : i == 16 ? std::vector{15} : std::vector{i - 1, i + 1}, i == 7 || i == 16 ? 0.3F : 0);
    add({18}, 0);
    add({17}, 0);
    add({}, 0);
    const multigrid::DenseInverse<float> inverse(g);
    std::vector<float> b(24, 1), x(24, 0);
    inverse.solve(b.data(), x.data());
    for (const std::size_t i : {0U, 3U, 6U, 17U, 18U, 19U}) CHECK(std::abs(x[i]) < 1e-5);
    CHECK(x[7] > 1);

    // and solves for what is compatible, with the mean zero
    std::fill(b.begin(), b.end(), 0.0F);
    b[1] = 1;
    b[4] = -1;
    inverse.solve(b.data(), x.data());
    double sum = 0;
    for (std::size_t i = 0; i < 7; ++i) {
        sum += static_cast<double>(x[i]);
        CHECK(0.3F * (2 * x[i] - x[(i + 1) % 7] - x[(i + 6) % 7]) == Approx(b[i]).margin(1e-5));
    }
    CHECK(std::abs(sum) < 1e-5);
}
