// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/cycled_potential.hpp"

#include "parallel/exact_total.hpp"

#include <algorithm>
#include <array>

namespace lapilli::solve {

namespace {

constexpr int cycles = 2;

using Level = CoarseLevels<float>::Level;

/// x·b over all ranks of the level.
double dot(const Level& level, const std::vector<float>& x, const std::vector<double>& b)
{
    sum::ExactSum sum;
    for (std::size_t i = 0; i < b.size(); ++i) sum.add(x[i] * b[i]);
    return parallel::total(level.comm, sum);
}

/// q = A p.
void apply(Level& level, std::vector<float>& p, std::vector<double>& q)
{
    level.halo.run(p.data());
    for (std::int32_t i = 0; i < level.matrix.rows(); ++i) {
        const double here = p[i];
        double sum = 0, couplings = 0;
        level.matrix.for_each_entry(i, [&](std::size_t, std::int32_t j, double coupling) {
            couplings += coupling;
            sum += coupling * (here - p[j]);
        });
        q[i] = sum + level.matrix.fixed(i, couplings) * here;
    }
}

} // namespace

std::vector<double> cycled_potential(CoarseLevels<float>& coarse, std::size_t index, std::vector<double>& residual)
{
    Level& level = coarse.levels()[index];
    const std::size_t rows = residual.size();
    std::vector<double> potential(rows), q(rows);
    std::vector<float> p(level.x.size());
    double rz_before = 0;
    for (int cycle = 0; cycle < cycles; ++cycle) {
        std::fill(level.b.begin(), level.b.end(), 0.0F);
        std::transform(residual.begin(), residual.end(), level.b.begin(), [](double r) { return narrow(r); });
        coarse.cycle(index);
        const double rz = dot(level, level.x, residual);
        if (!(rz > 0)) break;
        const float beta = rz_before > 0 ? narrow(rz / rz_before) : 0;
        for (std::size_t i = 0; i < rows; ++i) p[i] = level.x[i] + beta * p[i];
        rz_before = rz;
        apply(level, p, q);
        const double curvature = dot(level, p, q);
        if (!(curvature > 0)) break;
        const double alpha = dot(level, p, residual) / curvature;
        for (std::size_t i = 0; i < rows; ++i) {
            potential[i] += alpha * p[i];
            residual[i] -= alpha * q[i];
        }
    }
    const auto ghosts = level.halo.ghosts_of<double>([&](std::int32_t i) { return potential[i]; });
    potential.resize(multigrid::padded_rows(level.matrix.rows()));
    potential.insert(potential.end(), ghosts.begin(), ghosts.end());
    return potential;
}

} // namespace lapilli::solve
