// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/float4.hpp"

#include <array>
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

/// The same for terms of four lanes, all lanes of which are added; of several sums at once.
/// @param terms  terms(i) is one of each sum
template <std::size_t sums, class Terms>
std::array<double, sums> interleaved_lanes(int n, Terms&& terms)
{
    Double4 partial[sums][4] = {};
    const auto add = [&](int i, int k) {
        const std::array<Double4, sums> term = terms(i);
        for (std::size_t s = 0; s < sums; ++s) partial[s][k] += term[s];
    };
    int i = 0;
    for (; i + 4 <= n; i += 4)
        for (int k = 0; k < 4; ++k) add(i + k, k);
    for (int k = 0; i + k < n; ++k) add(i + k, k);
    std::array<double, sums> total;
    for (std::size_t s = 0; s < sums; ++s)
        total[s] = sum_of_lanes((partial[s][0] + partial[s][1]) + (partial[s][2] + partial[s][3]));
    return total;
}

/// Of one sum.
template <class Term>
double interleaved_lanes(int n, Term&& term)
{
    return interleaved_lanes<1>(n, [&](int i) { return std::array<Double4, 1>{term(i)}; })[0];
}

} // namespace lapilli::sum
