// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <optional>
#include <span>

namespace lapilli::serve {

/// Archie's law F = φ^-m, least squares of log F over log φ through F(1) = 1.
struct Archie {
    double exponent = 0;
    double error = 0; ///< its standard error
    int points = 0;
};

/// A porosity and a formation factor.
struct PorosityAndFactor {
    double porosity, factor;
};

/// Nothing for fewer than three points with 0 < φ < 1 and F > 0.
std::optional<Archie> fit_archie(std::span<const PorosityAndFactor> points);

} // namespace lapilli::serve
