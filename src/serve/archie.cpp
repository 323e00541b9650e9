// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/archie.hpp"

#include <cmath>
#include <vector>

namespace lapilli::serve {

std::optional<Archie> fit_archie(std::span<const PorosityAndFactor> points)
{
    double uu = 0, uv = 0, vv = 0; // of u = log φ, v = log F
    int count = 0;
    for (const auto& [porosity, factor] : points) {
        if (!(porosity > 0 && porosity < 1 && factor > 0) || !std::isfinite(factor)) continue;
        const double u = std::log(porosity), v = std::log(factor);
        uu += u * u;
        uv += u * v;
        vv += v * v;
        ++count;
    }
    if (count < 3 || uu == 0) return std::nullopt;
    const double m = -uv / uu, left = std::max(0.0, vv - uv * uv / uu); // sum of (v + m u)²
    return Archie{.exponent = m, .error = std::sqrt(left / (count - 1) / uu), .points = count};
}

} // namespace lapilli::serve
