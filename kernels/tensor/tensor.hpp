// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <Eigen/Core>

#include <array>

namespace lapilli {

/// A symmetric tensor of a material; rows and columns x, y, z. Without a value its entries are anything.
using Tensor = Eigen::Matrix3d;

/// The entries, row by row.
std::array<std::array<double, 3>, 3> rows(const Tensor& tensor);

/// The mean of a tensor and its transpose: symmetric where rounding left it nearly so.
Tensor symmetrized(const Tensor& tensor);

/// The material seen along the axes in which its tensor is diagonal.
struct Principal {
    std::array<double, 3> values{};     ///< descending
    Tensor directions = Tensor::Zero(); ///< row i: the unit vector (x, y, z) of value i, its largest component positive
};

/// Eigenvalues and eigenvectors of a symmetric tensor.
/// @param noise  error of its entries: smaller ones beside the diagonal count as zero, so that a tensor that is isotropic as
///               far as one can tell has the axes of the image as directions, not any others
Principal principal(const Tensor& tensor, double noise = 0);

} // namespace lapilli
