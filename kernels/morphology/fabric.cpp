// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "morphology/fabric.hpp"

#include "morphology/minkowski.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <array>
#include <cmath>

namespace lapilli::morphology {

namespace {

constexpr std::array<std::array<int, 2>, 6> entries{{{0, 0}, {1, 1}, {2, 2}, {0, 1}, {0, 2}, {1, 2}}};

/// What n·B n is of the six entries of B.
Eigen::Matrix<double, 1, 6> form_of(const Eigen::Vector3d& n)
{
    Eigen::Matrix<double, 1, 6> row;
    for (std::size_t e = 0; e < entries.size(); ++e) {
        const auto [i, j] = entries[e];
        row(static_cast<Eigen::Index>(e)) = (i == j ? 1 : 2) * n(i) * n(j);
    }
    return row;
}

} // namespace

std::optional<Tensor> fabric(const Configurations& cells, const PerAxis<double>& edges)
{
    const auto steps = steps_to_neighbours();
    const auto shares = shares_of_sphere(edges);
    const auto crossings = crossings_per_length(cells, edges);
    Eigen::Matrix<double, 13, 6> forms;
    Eigen::Matrix<double, 13, 1> squares;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Eigen::Vector3d along(steps[i][0] * edges[Axis::x], steps[i][1] * edges[Axis::y],
                                    steps[i][2] * edges[Axis::z]);
        const double weight = std::sqrt(shares[i]);
        forms.row(static_cast<Eigen::Index>(i)) = weight * form_of(along.normalized());
        squares(static_cast<Eigen::Index>(i)) = weight * crossings[i] * crossings[i];
    }
    const Eigen::Matrix<double, 6, 1> solved = forms.colPivHouseholderQr().solve(squares);
    Tensor tensor;
    for (std::size_t e = 0; e < entries.size(); ++e) {
        const auto [i, j] = entries[e];
        tensor(i, j) = tensor(j, i) = solved(static_cast<Eigen::Index>(e));
    }
    if (!(tensor.trace() > 0)) return std::nullopt;
    return tensor / tensor.trace();
}

std::optional<double> degree_of_anisotropy(const Tensor& fabric)
{
    constexpr double rounding = 1e-9; // of a tensor of trace 1
    const auto values = principal(fabric).values;
    return values[2] > rounding ? std::optional(std::sqrt(values[0] / values[2])) : std::nullopt;
}

} // namespace lapilli::morphology
