// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "multigrid/neumann.hpp"

namespace lapilli::multigrid {

void NeumannProblem::start(std::size_t nodes)
{
    nodes_ = nodes;
    matrix_.assign(nodes * nodes, 0);
}

void NeumannProblem::couple(std::size_t a, std::size_t b, double half)
{
    if (a == b) return;
    matrix_[a * nodes_ + a] += half;
    matrix_[b * nodes_ + b] += half;
    matrix_[a * nodes_ + b] -= half;
    matrix_[b * nodes_ + a] -= half;
}

double NeumannProblem::solve(std::span<double> b)
{
    // the last node is held at 0, which takes its equation away; elimination of an M-matrix needs no pivots
    const std::size_t n = nodes_ - 1;
    x_.assign(b.begin(), b.end());
    double* a = matrix_.data();
    for (std::size_t k = 0; k < n; ++k)
        for (std::size_t i = k + 1; i < n; ++i) {
            const double factor = a[i * nodes_ + k] / a[k * nodes_ + k];
            if (factor == 0) continue;
            for (std::size_t j = k + 1; j < n; ++j) a[i * nodes_ + j] -= factor * a[k * nodes_ + j];
            x_[i] -= factor * x_[k];
        }
    x_[n] = 0;
    for (std::size_t k = n; k-- > 0;) {
        for (std::size_t j = k + 1; j < n; ++j) x_[k] -= a[k * nodes_ + j] * x_[j];
        x_[k] /= a[k * nodes_ + k];
    }
    double product = 0;
    for (std::size_t i = 0; i < n; ++i) {
        product += b[i] * x_[i];
        b[i] = x_[i];
    }
    b[n] = 0;
    return product;
}

} // namespace lapilli::multigrid
