// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "tensor/tensor.hpp"

#include <Eigen/Eigenvalues>

#include <algorithm>

namespace lapilli {

std::array<std::array<double, 3>, 3> rows(const Tensor& tensor)
{
    std::array<std::array<double, 3>, 3> entries{};
    for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j) entries[i][j] = tensor(i, j);
    return entries;
}

Tensor symmetrized(const Tensor& tensor) { return (tensor + tensor.transpose()) / 2; }

Principal principal(const Tensor& tensor, double noise)
{
    Tensor matrix = (tensor.array().abs() > noise).select(tensor, 0.0);
    matrix.diagonal() = tensor.diagonal();
    const Eigen::SelfAdjointEigenSolver<Tensor> solver(matrix);

    std::array<int, 3> order{0, 1, 2}; // equal values keep the order of the axes
    std::stable_sort(order.begin(), order.end(),
                     [&](int a, int b) { return solver.eigenvalues()(a) > solver.eigenvalues()(b); });
    Principal result;
    for (int i = 0; i < 3; ++i) {
        result.values[i] = solver.eigenvalues()(order[i]);
        Eigen::RowVector3d direction = solver.eigenvectors().col(order[i]);
        Eigen::Index largest = 0;
        direction.cwiseAbs().maxCoeff(&largest);
        if (direction(largest) < 0) direction = -direction;
        result.directions.row(i) = direction.array() + 0.0; // no -0
    }
    return result;
}

} // namespace lapilli
