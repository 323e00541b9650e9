// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "multigrid/packed_matrix.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <random>

using namespace lapilli;

namespace {

/// Rows of no to six entries whose columns lie anywhere among rows and ghosts. All couplings are multiples of `unit`.
multigrid::Graph<Float4> random_graph(std::int32_t rows, std::int32_t ghosts, float unit)
{
    std::mt19937 random(rows);
    std::uniform_int_distribution entries(0, 6);
    std::uniform_int_distribution column(0, rows + ghosts - 1);
    std::uniform_int_distribution count(0, 200);
    const auto couplings = [&] {
        Float4 c{};
        for (int lane = 0; lane < 3; ++lane) c[lane] = unit * static_cast<float>(count(random));
        return c;
    };
    multigrid::Graph<Float4> graph;
    for (std::int32_t row = 0; row < rows; ++row) {
        for (int entry = entries(random); entry > 0; --entry) {
            const std::int32_t any = column(random);
            graph.column.push_back(any < rows ? any : multigrid::padded_rows(rows) + any - rows);
            graph.coupling.push_back(couplings());
        }
        graph.row_start.push_back(std::ssize(graph.column));
        graph.dirichlet.push_back(couplings());
    }
    return graph;
}

/// Values are whole numbers and couplings multiples of `unit`, so that each sum is exact, whatever its order.
void check_sums(std::int32_t rows, float unit)
{
    constexpr std::int32_t ghosts = 5;
    const auto graph = random_graph(rows, ghosts, unit);
    const multigrid::PackedMatrix matrix(graph);
    std::mt19937 random(1);
    std::uniform_int_distribution value(-100, 100);
    std::vector<Float4> x(multigrid::padded_rows(rows) + ghosts);
    for (Float4& of_row : x)
        for (int lane = 0; lane < 3; ++lane) of_row[lane] = static_cast<float>(value(random));
    std::vector<Float4> sums(multigrid::padded_rows(rows), Float4{-1, -1, -1, 0});
    for (std::int32_t s = 0; s < matrix.slices(); ++s)
        matrix.neighbour_sums(s, x.data(), sums.data() + s * multigrid::slice_rows);
    std::vector<Float4> expected(sums.size());
    for (std::int32_t row = 0; row < rows; ++row)
        for (std::int64_t k = graph.row_start[row]; k < graph.row_start[row + 1]; ++k)
            expected[row] += graph.coupling[k] * x[graph.column[k]];
    const auto same = [](Float4 a, Float4 b) { return a[0] == b[0] && a[1] == b[1] && a[2] == b[2]; };
    CHECK(std::equal(sums.begin(), sums.end(), expected.begin(), same));
}

} // namespace

TEST_CASE("a packed matrix has the rows of its graph")
{
    for (const std::int32_t rows : {0, 1, 8, 21, 1000}) {
        check_sums(rows, 0.5F);  // couplings count halves of faces
        check_sums(rows, 0.25F); // and do not
    }
}

TEST_CASE("couplings that count faces take less memory")
{
    const multigrid::PackedMatrix counted(random_graph(1000, 0, 0.5F));
    const multigrid::PackedMatrix any(random_graph(1000, 0, 0.25F));
    CHECK(counted.bytes() < any.bytes());
}
