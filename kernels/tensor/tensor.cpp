// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "tensor/tensor.hpp"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace lapilli {

Tensor symmetrized(const Tensor& tensor)
{
    Tensor result = tensor;
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < i; ++j) result[i][j] = result[j][i] = (tensor[i][j] + tensor[j][i]) / 2;
    return result;
}

Principal principal(const Tensor& tensor, double noise)
{
    Eigen::Matrix3d matrix;
    for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j) {
            const double entry = tensor[i][j];
            matrix(i, j) = i == j || std::abs(entry) > noise ? entry : 0;
        }
    const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> solver(matrix);

    std::array<int, 3> order{0, 1, 2}; // equal values keep the order of the axes
    std::stable_sort(order.begin(), order.end(),
                     [&](int a, int b) { return solver.eigenvalues()(a) > solver.eigenvalues()(b); });
    Principal result;
    for (std::size_t i = 0; i < 3; ++i) {
        result.values[i] = solver.eigenvalues()(order[i]);
        Eigen::Vector3d direction = solver.eigenvectors().col(order[i]);
        Eigen::Index largest = 0;
        direction.cwiseAbs().maxCoeff(&largest);
        if (direction(largest) < 0) direction = -direction;
        for (int k = 0; k < 3; ++k) result.directions[i][k] = direction(k) + 0.0; // no -0
    }
    return result;
}

} // namespace lapilli
