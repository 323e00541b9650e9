// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "multigrid/dense_inverse.hpp"

#include "multigrid/graph.hpp"

#include <Eigen/Cholesky>

#include <algorithm>

namespace lapilli::multigrid {

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
    const Eigen::MatrixXd inverse = present.asDiagonal() * a.llt().solve(Eigen::MatrixXd::Identity(rows_, rows_));
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
