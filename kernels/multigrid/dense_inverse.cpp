// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "multigrid/dense_inverse.hpp"

#include <Eigen/Cholesky>

#include <algorithm>
#include <functional>

namespace lapilli::multigrid {

namespace {

/// @param lane  of a value: which of several matrices
template <class Value>
Eigen::MatrixXd inverse_of(const Graph<Value>& graph, const std::function<double(const Value&)>& lane)
{
    const std::int32_t rows = graph.rows();
    Eigen::MatrixXd a = Eigen::MatrixXd::Zero(rows, rows);
    Eigen::VectorXd present = Eigen::VectorXd::Ones(rows);
    for (std::int32_t i = 0; i < rows; ++i) {
        const auto at = static_cast<std::size_t>(i);
        a(i, i) = lane(graph.dirichlet[at]);
        for (auto k = static_cast<std::size_t>(graph.row_start[at]); k < static_cast<std::size_t>(graph.row_start[at + 1]);
             ++k) {
            a(i, graph.column[k]) -= lane(graph.coupling[k]);
            a(i, i) += lane(graph.coupling[k]);
        }
        if (a(i, i) <= 0) {
            a(i, i) = 1;
            present(i) = 0;
        }
        a(i, i) *= 1 + 1e-7; // rounding of couplings must not make it indefinite
    }
    return present.asDiagonal() * a.llt().solve(Eigen::MatrixXd::Identity(rows, rows));
}

} // namespace

template <class Value>
DenseInverse<Value>::DenseInverse(const Graph<Value>& graph) : rows_(graph.rows())
{
    const auto stride = static_cast<std::size_t>(padded_rows(rows_));
    inverse_.assign(static_cast<std::size_t>(rows_) * stride, Value{});
    const auto store = [&](const Eigen::MatrixXd& inverse, auto&& lane) {
        for (std::int32_t j = 0; j < rows_; ++j)
            for (std::int32_t i = 0; i < rows_; ++i)
                lane(inverse_[static_cast<std::size_t>(j) * stride + static_cast<std::size_t>(i)]) =
                    static_cast<float>(inverse(i, j));
    };
    if constexpr (std::is_same_v<Value, float>)
        store(inverse_of<float>(graph, [](float v) { return static_cast<double>(v); }),
              [](float& v) -> float& { return v; });
    else
        for (int k = 0; k < 3; ++k)
            store(inverse_of<Value>(graph, [k](const Value& v) { return static_cast<double>(v[k]); }),
                  [k](Value& v) -> float& { return reinterpret_cast<float*>(&v)[k]; });
}

template <class Value>
void DenseInverse<Value>::solve(const Value* b, Value* x) const
{
    const auto stride = static_cast<std::size_t>(padded_rows(rows_));
    std::fill(x, x + stride, Value{});
    for (std::size_t j = 0; j < static_cast<std::size_t>(rows_); ++j) {
        const Value* column = &inverse_[j * stride];
        const Value factor = b[j];
        for (std::size_t i = 0; i < stride; ++i) x[i] += factor * column[i];
    }
}

template class DenseInverse<float>;
template class DenseInverse<Float4>;

} // namespace lapilli::multigrid
