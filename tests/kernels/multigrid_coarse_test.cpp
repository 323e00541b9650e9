// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "brick/morton.hpp"
#include "multigrid/aggregate.hpp"
#include "support/catch.hpp"

#include <map>

using namespace lapilli;

namespace {

struct Link {
    int from, to;
    float coupling;
};

template <class Value>
multigrid::Graph<Value> graph_of(int nodes, const std::vector<Link>& links, const std::vector<Value>& fixed)
{
    std::vector<std::map<int, float>> rows(nodes);
    for (const auto& link : links) rows[link.from][link.to] = rows[link.to][link.from] = link.coupling;
    multigrid::Graph<Value> graph;
    for (const auto& row : rows) {
        for (const auto& [column, coupling] : row) {
            graph.column.push_back(column);
            graph.coupling.push_back(coupling * (Value{} + 1.0F));
        }
        graph.row_start.push_back(std::ssize(graph.column));
    }
    graph.dirichlet = fixed;
    return graph;
}

std::vector<std::uint64_t> codes_along_x(int nodes)
{
    std::vector<std::uint64_t> code;
    for (int i = 0; i < nodes; ++i) code.push_back(brick::morton({i, 0, 0}));
    return code;
}

using Nodes = std::vector<std::int32_t>;

} // namespace

TEST_CASE("aggregating a chain of nodes pairs them by block")
{
    std::vector<Link> chain;
    for (int i = 0; i < 7; ++i) chain.push_back({i, i + 1, 1});
    const auto aggregates = multigrid::aggregate(graph_of<float>(8, chain, std::vector<float>(8)), codes_along_x(8), 0);
    CHECK(aggregates.of_node == Nodes{0, 0, 1, 1, 2, 2, 3, 3});
    CHECK(aggregates.code == codes_along_x(4));
}

TEST_CASE("nodes that fixed values hold in each matrix are in no aggregate")
{
    const std::vector<Link> chain{{0, 1, 4}, {1, 2, 4}, {2, 3, 4}};
    const std::vector<Float4> fixed{Float4{1, 1, 1, 0},    // a quarter of its one neighbour: held
                                    Float4{2, 2, 1.9F, 0}, // a quarter of two neighbours, but not in the third matrix
                                    Float4{0, 0, 0, 0},    // not
                                    Float4{99, 99, 99, 0}};
    const auto aggregates = multigrid::aggregate(graph_of<Float4>(4, chain, fixed), codes_along_x(4), 0);
    CHECK(aggregates.of_node == Nodes{-1, 0, 1, -1});
    CHECK(aggregates.code == codes_along_x(2));
}

TEST_CASE("what is cut off joins what it was cut from, and nothing else does")
{
    // a ring of four, from which two ends hang, one of them behind another
    const std::vector<Link> links{{0, 1, 2}, {1, 2, 2}, {2, 3, 2}, {3, 0, 2}, {0, 4, 1}, {2, 5, 3}, {5, 6, 1}};
    const auto code = codes_along_x(7);
    const auto aggregates = multigrid::join_cut_off(graph_of<float>(7, links, std::vector<float>(7)), code);
    // 0 has neighbours 2, 2, 1: none has half; 1 has two halves and joins the first, which then joins none; 2 has 2, 2, 3:
    // not half; 3 joins 0, too; 4 joins 0; 5 joins 2; 6 has 5 only, but that has joined another
    CHECK(aggregates.of_node == Nodes{0, 0, 1, 0, 0, 1, 2});
    CHECK(aggregates.code == std::vector{code[0], code[2], code[6]});
}

TEST_CASE("of two nodes that have each other only one joins")
{
    const auto code = codes_along_x(3);
    const auto aggregates = multigrid::join_cut_off(graph_of<float>(3, {{1, 2, 1}}, std::vector<float>(3)), code);
    CHECK(aggregates.of_node == Nodes{0, 1, 1});
    CHECK(aggregates.code == std::vector{code[0], code[2]});
}
