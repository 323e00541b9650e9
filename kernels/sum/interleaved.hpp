// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/float4.hpp"

#include <cstddef>

namespace lapilli::sum {

/// Σ a(i) over [0, n) in double, in a fixed order of eight interleaved partial sums: vectorises without -ffast-math, and the
/// same n and values give the same bits everywhere.
template <class Term>
double interleaved(int n, Term&& term)
{
    double partial[8] = {};
    int i = 0;
    for (; i + 8 <= n; i += 8)
        for (int lane = 0; lane < 8; ++lane) partial[lane] += term(i + lane);
    for (int lane = 0; i + lane < n; ++lane) partial[lane] += term(i + lane);
    return ((partial[0] + partial[1]) + (partial[2] + partial[3])) + ((partial[4] + partial[5]) + (partial[6] + partial[7]));
}

/// The same for terms of four lanes, all lanes of which are added.
template <class Term>
double interleaved_lanes(int n, Term&& term)
{
    Double4 partial[4] = {};
    int i = 0;
    for (; i + 4 <= n; i += 4)
        for (int k = 0; k < 4; ++k) partial[k] += term(i + k);
    for (int k = 0; i + k < n; ++k) partial[k] += term(i + k);
    return sum_of_lanes((partial[0] + partial[1]) + (partial[2] + partial[3]));
}

} // namespace lapilli::sum
