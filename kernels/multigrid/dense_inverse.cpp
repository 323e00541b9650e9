// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "multigrid/dense_inverse.hpp"

#include "morphology/disjoint_sets.hpp"

#include <Eigen/Cholesky>

#include <algorithm>

namespace lapilli::multigrid {

namespace {

/// Of one of several matrices.
double lane(float v, int) { return widen(v); }
double lane(Float4 v, int k) { return widen(v[k]); }

/// The nodes of each connected component of two or more without fixed values.
template <class Value>
std::vector<std::vector<std::int32_t>> floating_components(const Graph<Value>& graph, int matrix)
{
    const std::int32_t rows = graph.rows();
    morphology::DisjointSets<std::int32_t> sets(rows);
    for (std::int32_t i = 0; i < rows; ++i)
        for (auto k = graph.row_start[i]; k < graph.row_start[i + 1]; ++k)
            if (lane(graph.coupling[k], matrix) > 0) sets.unite(i, graph.column[k]);
    std::vector<std::vector<std::int32_t>> components(rows);
    std::vector<bool> fixed(rows, false);
    for (std::int32_t i = 0; i < rows; ++i) {
        const auto root = sets.root(i);
        components[root].push_back(i);
        if (lane(graph.dirichlet[i], matrix) > 0) fixed[root] = true;
    }
    for (std::int32_t i = 0; i < rows; ++i)
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

template <class Value>
Eigen::MatrixXd inverse_of(const Graph<Value>& graph, int matrix)
{
    const std::int32_t rows = graph.rows();
    Eigen::MatrixXd a = Eigen::MatrixXd::Zero(rows, rows);
    Eigen::VectorXd present = Eigen::VectorXd::Ones(rows);
    for (std::int32_t i = 0; i < rows; ++i) {
        const std::size_t at = i;
        a(i, i) += lane(graph.dirichlet[at], matrix);
        for (auto k = graph.row_start[at]; k < graph.row_start[at + 1]; ++k) {
            const auto j = graph.column[k];
            if (graph.differences) { // the mean of what either row says: exactly singular but for the fixed values
                const double half = lane(graph.coupling[k], matrix) / 2;
                a(i, j) -= half;
                a(j, i) -= half;
                a(i, i) += half;
                a(j, j) += half;
            } else {
                a(i, j) -= lane(graph.coupling[k], matrix);
                a(i, i) += lane(graph.coupling[k], matrix);
            }
        }
    }
    for (std::int32_t i = 0; i < rows; ++i) {
        if (a(i, i) <= 0) {
            a(i, i) = 1;
            present(i) = 0;
        }
        if (!graph.differences) a(i, i) *= 1 + 1e-7; // rounding of couplings must not make it indefinite
    }
    // a constant costs as much as a mean node: the inverse exists, and has that constant to be taken off again
    const auto floating = floating_components(graph, matrix);
    std::vector<double> cost;
    for (const auto& nodes : floating) {
        double diagonal = 0;
        for (const auto i : nodes) diagonal += a(i, i);
        cost.push_back(diagonal / nodes.size());
        add_constant(a, nodes, cost.back() / nodes.size());
    }
    Eigen::MatrixXd inverse = present.asDiagonal() * a.llt().solve(Eigen::MatrixXd::Identity(rows, rows));
    for (std::size_t c = 0; c < floating.size(); ++c)
        add_constant(inverse, floating[c], -1 / (cost[c] * floating[c].size()));
    return inverse;
}

} // namespace

template <class Value>
DenseInverse<Value>::DenseInverse(const Graph<Value>& graph) : rows_(graph.rows())
{
    for (int k = 0; k < matrices; ++k) inverse_[k] = inverse_of(graph, k).template cast<Entry>();
}

template <class Value>
void DenseInverse<Value>::solve(const Value* b, Value* x) const
{
    using Lane = Eigen::InnerStride<sizeof(Value) / sizeof(float)>;
    const auto* from = reinterpret_cast<const float*>(b);
    auto* to = reinterpret_cast<float*>(x);
    std::fill_n(x, padded_rows(rows_), Value{});
    for (int k = 0; k < matrices; ++k) {
        const Eigen::Map<const Eigen::VectorXf, 0, Lane> given(from + k, rows_);
        Eigen::Map<Eigen::VectorXf, 0, Lane>(to + k, rows_) =
            (inverse_[k] * given.template cast<Entry>()).template cast<float>();
    }
}

template class DenseInverse<float>;
template class DenseInverse<Float4>;

} // namespace lapilli::multigrid
