// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/flow_vectors.hpp"

#include "parallel/exact_total.hpp"
#include "sum/exact_sum.hpp"
#include "sum/interleaved.hpp"

#include <algorithm>
#include <cmath>

namespace lapilli::solve {

namespace {

using sum::ExactSum;

double dot(std::int32_t count, const Float4* a, const Float4* b)
{
    return sum::interleaved_lanes(count, [&](int i) { return widen(a[i]) * widen(b[i]); });
}

/// ‖r‖, b·x + x·r and b·x, in one pass with whatever is done to each row before.
template <class Before>
FlowMeasures measure(const StokesProblem& problem, const FlowVectors& v, Before&& before)
{
    std::array<ExactSum, 3> sums;
    const int axis = index(problem.axis());
    problem.grid().for_each_brick([&](std::int32_t, std::int32_t first, std::int32_t count) {
        const Float4* r = v.r.data() + first;
        const auto [square, conductance] = sum::interleaved_lanes<2>(count, [&](int i) {
            before(first + i);
            const Double4 residual = widen(r[i]);
            return std::array{residual * residual, v.x(first + i) * widen(problem.drive(first + i) + r[i])};
        });
        sums[0].add(square);
        sums[1].add(conductance);
        sums[2].add(
            sum::interleaved(count, [&](int i) { return v.x(first + i, axis) * problem.drive_along_axis(first + i); }));
    });
    const auto total = parallel::total(problem.grid().pores().comm(), sums);
    return {std::sqrt(total[0]), total[1], total[2]};
}

/// |r·z|, of which velocities and pressures may not hide one another.
double work_of(double all, double pressures)
{
    return std::max(std::abs(all), (std::abs(all - pressures) + std::abs(pressures)) / 2);
}

} // namespace

FlowMeasures measure(const StokesProblem& problem, const FlowVectors& v)
{
    return measure(problem, v, [](std::int32_t) {});
}

std::array<double, 2> component_norms(const StokesProblem& problem, const std::vector<Float4>& field)
{
    std::array<ExactSum, 2> squares;
    problem.grid().for_each_brick([&](std::int32_t, std::int32_t first, std::int32_t count) {
        const Float4* v = field.data() + first;
        squares[0].add(sum::interleaved_lanes(count, [&](int i) {
            const Double4 u = widen(v[i]);
            return u * u * Double4{1, 1, 1, 0};
        }));
        squares[1].add(sum::interleaved(count, [&](int i) { return widen(v[i][3]) * v[i][3]; }));
    });
    const auto total = parallel::total(problem.grid().pores().comm(), squares);
    return {std::sqrt(total[0]), std::sqrt(total[1])};
}

double drive_norm(const StokesProblem& problem)
{
    ExactSum square;
    problem.grid().for_each_brick([&](std::int32_t, std::int32_t first, std::int32_t count) {
        square.add(sum::interleaved_lanes(count, [&](int i) {
            const Double4 b = widen(problem.drive(first + i));
            return b * b;
        }));
    });
    return std::sqrt(parallel::total(problem.grid().pores().comm(), square));
}

FlowDirection direction(const StokesProblem& problem, StokesPreconditioner& m, FlowVectors& v)
{
    const auto& comm = problem.grid().pores().comm();
    m.apply(problem, v.r, v.z, v.y);
    ExactSum overlap;
    problem.apply(v.z.data(), v.y.data(), [&](std::int32_t first, std::int32_t count, const Float4*, const Float4* y) {
        if (v.kept_square > 0) overlap.add(dot(count, y, v.kept_y.data() + first));
    });
    const float beta = v.kept_square > 0 ? narrow(parallel::total(comm, overlap) / v.kept_square) : 0;
    std::array<ExactSum, 4> sums;
    problem.grid().for_each_brick([&](std::int32_t, std::int32_t first, std::int32_t count) {
        Float4 *y = v.y.data() + first, *z = v.z.data() + first;
        const Float4 *kept_y = v.kept_y.data() + first, *kept_z = v.kept_z.data() + first, *r = v.r.data() + first;
        sums[2].add(dot(count, z, r));
        sums[3].add(sum::interleaved(count, [&](int i) { return widen(z[i][3]) * r[i][3]; }));
        const auto [square, along] = sum::interleaved_lanes<2>(count, [&](int i) {
            if (beta != 0) {
                y[i] -= beta * kept_y[i];
                z[i] -= beta * kept_z[i];
            }
            const Double4 wide = widen(y[i]);
            return std::array{wide * wide, wide * widen(r[i])};
        });
        sums[0].add(square);
        sums[1].add(along);
    });
    const auto total = parallel::total(comm, sums);
    return {total[0], total[1], work_of(total[2], total[3])};
}

void complete_kept(const StokesProblem& problem, FlowVectors& v)
{
    ExactSum square;
    problem.apply(v.kept_z.data(), v.kept_y.data(),
                  [&](std::int32_t, std::int32_t count, const Float4*, const Float4* y) { square.add(dot(count, y, y)); });
    v.kept_square = parallel::total(problem.grid().pores().comm(), square);
}

FlowMeasures advance(const StokesProblem& problem, FlowVectors& v, float alpha)
{
    const auto measures = measure(problem, v, [&](std::int32_t i) {
        v.correction[i] += alpha * v.z[i];
        v.r[i] -= alpha * v.y[i];
    });
    v.z.swap(v.kept_z);
    v.y.swap(v.kept_y);
    return measures;
}

} // namespace lapilli::solve
