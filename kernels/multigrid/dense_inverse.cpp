// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "multigrid/dense_inverse.hpp"

#include "morphology/disjoint_sets.hpp"
#include "multigrid/graph.hpp"

#include <Eigen/Cholesky>

#include <algorithm>

namespace lapilli::multigrid {

namespace {

/// The nodes of each connected component of two or more without fixed values.
std::vector<std::vector<std::int32_t>> floating_components(const Graph& graph)
{
    const auto rows = static_cast<std::size_t>(graph.rows());
    morphology::DisjointSets<std::int32_t> sets(rows);
    for (std::size_t i = 0; i < rows; ++i)
        for (auto k = static_cast<std::size_t>(graph.row_start[i]); k < static_cast<std::size_t>(graph.row_start[i + 1]);
             ++k)
            if (graph.coupling[k] > 0) sets.unite(static_cast<std::int32_t>(i), graph.column[k]);
    std::vector<std::vector<std::int32_t>> components(rows);
    std::vector<bool> fixed(rows, false);
    for (std::size_t i = 0; i < rows; ++i) {
        const auto root = static_cast<std::size_t>(sets.root(static_cast<std::int32_t>(i)));
        components[root].push_back(static_cast<std::int32_t>(i));
        if (graph.dirichlet[i] > 0) fixed[root] = true;
    }
    for (std::size_t i = 0; i < rows; ++i)
        if (fixed[i]) components[i].clear();
    std::erase_if(components, [](const auto& nodes) { return nodes.size() < 2; });
    return components;
}

/// Adds `value` between all nodes of a component.
void add_constant(Eigen::MatrixXd& matrix, const std::vector<std::int32_t>& nodes, double value)
{
    for (const auto i : nodes)
        for (const auto j : nodes) matrix(i, j) += value;
}

} // namespace

DenseInverse::DenseInverse(const Graph& graph) : rows_(graph.rows())
{
    Eigen::MatrixXd a = Eigen::MatrixXd::Zero(rows_, rows_);
    Eigen::VectorXd present = Eigen::VectorXd::Ones(rows_);
    for (std::int32_t i = 0; i < rows_; ++i) {
        const auto at = static_cast<std::size_t>(i);
        a(i, i) = static_cast<double>(graph.dirichlet[at]);
        for (auto k = static_cast<std::size_t>(graph.row_start[at]); k < static_cast<std::size_t>(graph.row_start[at + 1]);
             ++k) {
            a(i, graph.column[k]) -= static_cast<double>(graph.coupling[k]);
            a(i, i) += static_cast<double>(graph.coupling[k]);
        }
        if (a(i, i) <= 0) {
            a(i, i) = 1;
            present(i) = 0;
        }
        a(i, i) *= 1 + 1e-7; // rounding of couplings must not make it indefinite
    }
    // a constant costs as much as a mean node: the inverse exists, and has that constant to be taken off again
    const auto floating = floating_components(graph);
    std::vector<double> cost;
    for (const auto& nodes : floating) {
        double diagonal = 0;
        for (const auto i : nodes) diagonal += a(i, i);
        cost.push_back(diagonal / static_cast<double>(nodes.size()));
        add_constant(a, nodes, cost.back() / static_cast<double>(nodes.size()));
    }
    Eigen::MatrixXd inverse = present.asDiagonal() * a.llt().solve(Eigen::MatrixXd::Identity(rows_, rows_));
    for (std::size_t c = 0; c < floating.size(); ++c)
        add_constant(inverse, floating[c], -1 / (cost[c] * static_cast<double>(floating[c].size())));
    const auto stride = static_cast<std::size_t>(padded_rows(rows_));
    inverse_.assign(static_cast<std::size_t>(rows_) * stride, 0);
    for (std::int32_t j = 0; j < rows_; ++j)
        for (std::int32_t i = 0; i < rows_; ++i)
            inverse_[static_cast<std::size_t>(j) * stride + static_cast<std::size_t>(i)] = static_cast<float>(inverse(i, j));
}

void DenseInverse::solve(const float* b, float* x) const
{
    const auto stride = static_cast<std::size_t>(padded_rows(rows_));
    std::fill(x, x + stride, 0.0F);
    for (std::size_t j = 0; j < static_cast<std::size_t>(rows_); ++j) {
        const float* column = &inverse_[j * stride];
        const float factor = b[j];
        for (std::size_t i = 0; i < stride; ++i) x[i] += factor * column[i];
    }
}

} // namespace lapilli::multigrid
