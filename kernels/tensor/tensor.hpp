// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>

namespace lapilli {

/// A symmetric tensor of a material; rows and columns x, y, z.
using Tensor = std::array<std::array<double, 3>, 3>;

/// The material seen along the axes in which its tensor is diagonal.
struct Principal {
    std::array<double, 3> values{}; ///< descending
    Tensor directions{};            ///< row i: the unit vector (x, y, z) of value i, its largest component positive
};

/// Eigenvalues and eigenvectors of a symmetric tensor.
Principal principal(const Tensor& tensor);

} // namespace lapilli
