// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/float4.hpp"

namespace lapilli::multigrid {

/// Chebyshev polynomial of degree two in D^-1 A for the eigenvalues [0.5, 2], as two steps (Adams et al. 2003):
///   x1 = x0 + first * r0 / D,   x2 = x1 + momentum * (x1 - x0) + second * r1 / D.
struct Chebyshev {
    static constexpr double low = 0.5;
    static constexpr double high = 2.0;
    static constexpr double centre = (high + low) / 2;
    static constexpr double half_width = (high - low) / 2;
    static constexpr double sigma = centre / half_width;
    static constexpr double rho = 1 / (2 * sigma - 1 / sigma);

    static constexpr float first = narrow(1 / centre);
    static constexpr float momentum = narrow(rho / sigma);
    static constexpr float second = narrow(2 * rho / half_width);
};

} // namespace lapilli::multigrid
