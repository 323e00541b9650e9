// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <limits>

namespace lapilli::diffusion {

/// Coupling of two neighbouring voxels of conductivities a and b: their harmonic mean, 0 to solid (conductivity 0).
template <class Real>
constexpr Real coupling(Real a, Real b)
{
    return 2 * a * b / (a + b + std::numeric_limits<Real>::min());
}

} // namespace lapilli::diffusion
