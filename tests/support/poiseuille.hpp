// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cmath>
#include <numbers>

namespace lapilli::test {

/// Mean velocity [voxel²] in a rectangular duct for a unit gradient and viscosity 1, by its series (White, Viscous Fluid
/// Flow).
inline double rectangle(double h, double w)
{
    double sum = 0;
    for (int n = 1; n < 200; n += 2) sum += std::tanh(n * std::numbers::pi * w / (2 * h)) / std::pow(n, 5);
    return h * h / 12 * (1 - 192 * h / (std::pow(std::numbers::pi, 5) * w) * sum);
}

} // namespace lapilli::test
