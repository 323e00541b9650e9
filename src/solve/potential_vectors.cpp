// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/potential_vectors.hpp"

#include "parallel/exact_total.hpp"
#include "sum/exact_sum.hpp"
#include "sum/interleaved.hpp"

#include <cmath>

namespace lapilli::solve {

namespace {

using FinePass = LaplaceProblem::Pass;
using sum::ExactSum;

double term(double a, double b) { return a * b; }

} // namespace

template <class Real>
double norm(const LaplaceProblem& problem, const std::vector<Real>& r)
{
    ExactSum squares;
    problem.for_each_brick([&](const FinePass& p) {
        const Real* v = r.data() + p.first;
        squares.add(sum::interleaved(p.count, [&](int i) { return term(v[i], v[i]); }));
    });
    return std::sqrt(parallel::total(problem.pores().comm(), squares));
}

template <class Real>
Start begin(const LaplaceProblem& problem, PotentialVectors<Real>& v)
{
    std::array<ExactSum, 2> sums;
    for (std::int32_t i = 0; i < std::ssize(problem.pores().owned_bricks()); ++i) {
        const auto& b = problem.pores().bricks()[i];
        double energy = 0;
        problem.for_each_equation(i, [&](std::int32_t at, const diffusion::PoreEquation& e) {
            v.r[at] = static_cast<Real>(e.balance);
            if constexpr (PotentialVectors<Real>::wide)
                sums[1].add(e.energy);
            else
                energy += e.energy;
        });
        sums[1].add(energy);
        const Real* r = v.r.data() + b.first;
        sums[0].add(sum::interleaved(b.pores, [&](int k) { return term(r[k], r[k]); }));
    }
    const auto total = parallel::total(problem.pores().comm(), sums);
    return {std::sqrt(total[0]), total[1]};
}

Start begin_on_coarse_levels(const LaplaceProblem& problem, Multigrid<LaplaceProblem>& multigrid, const Start& unit_gradient,
                             PotentialVectors<double>& v)
{
    // 1. the same concentration everywhere: it is out of balance at the outlet or across the period alone. In a periodic
    //    image it is that of the middle, so that g, and what is rounded of it, is small
    const auto& pores = problem.pores();
    const Axis axis = problem.axis();
    const double middle = pores.beyond() == Boundary::periodic ? pores.shape().along(axis) / 2.0 : 0;
    for (const auto& b : pores.owned_bricks())
        brick::for_each_pore(b, [&](int row, int x, int pore) {
            v.correction[b.first + pore] = static_cast<double>(pores.coordinate(b, axis, row, x)) + 0.5 - middle;
        });
    v.compute_residual(problem);

    // 2. what balances that, on the coarse levels
    const auto& fine = multigrid.fine();
    const auto for_each_pore = [&](auto&& visit) { // visit(pore, its node)
        for (std::int32_t i = 0; const auto& b : pores.owned_bricks()) {
            const std::int32_t first = fine.first_node[i++];
            for (std::int32_t k = b.first; k < b.first + b.pores; ++k) visit(k, first + fine.of_pore[k]);
        }
    };
    float* loads = multigrid.coarse().clear();
    for_each_pore([&](std::int32_t pore, std::int32_t node) { loads[node] += narrow(v.r[pore]); });
    const float* concentration = multigrid.coarse().solve_nested();
    for_each_pore([&](std::int32_t pore, std::int32_t node) { v.correction[pore] += concentration[node]; });
    v.compute_residual(problem);
    const auto energies = measure(problem, v);
    const double energy = energies.unit_gradient - energies.gain;
    if (energy < unit_gradient.energy) return {norm(problem, v.r), energy};
    std::fill(v.correction.begin(), v.correction.end(), 0.0);
    return begin(problem, v);
}

template <class Real>
double precondition(const LaplaceProblem& problem, Multigrid<LaplaceProblem>* multigrid, PotentialVectors<Real>& v)
{
    float* seen = nullptr;
    if constexpr (PotentialVectors<Real>::wide) {
        std::transform(v.r.begin(), v.r.end(), v.preconditioned.begin(), [](double r) { return narrow(r); });
        seen = v.preconditioned.data();
    } else {
        seen = v.r.data();
    }
    ExactSum product;
    const auto add = [&](const FinePass& p, const float* r, const float* z) {
        product.add(sum::interleaved(p.count, [&](int i) { return term(r[i], z[i]); }));
    };
    if (multigrid != nullptr)
        multigrid->apply(seen, v.z, v.work, add);
    else
        problem.for_each_brick([&](const FinePass& p) {
            const float* r = seen + p.first;
            float* z = v.z.data() + p.first;
            for (std::int32_t i = 0; i < p.count; ++i) z[i] = r[i] * p.inverse(i);
            add(p, r, z);
        });
    return parallel::total(problem.pores().comm(), product);
}

template <class Real>
Slope apply(const LaplaceProblem& problem, PotentialVectors<Real>& v, double rz)
{
    if constexpr (PotentialVectors<Real>::wide) {
        problem.apply_in_double(v.p.data(), v.q.data());
        std::array<ExactSum, 2> sums;
        problem.for_each_brick([&](const FinePass& pass) {
            const std::size_t at = pass.first;
            const float* p = v.p.data() + at;
            const double *r = v.r.data() + at, *q = v.q.data() + at;
            sums[0].add(sum::interleaved(pass.count, [&](int i) { return term(p[i], r[i]); }));
            sums[1].add(sum::interleaved(pass.count, [&](int i) { return term(p[i], q[i]); }));
        });
        const auto total = parallel::total(problem.pores().comm(), sums);
        return {total[0], total[1]};
    } else {
        ExactSum product;
        problem.sweep(v.p.data(), [&](const FinePass& pass) {
            const float* p = v.p.data() + pass.first;
            float* q = v.work.data() + pass.first;
            for (std::int32_t i = 0; i < pass.count; ++i) q[i] = pass.own(i) * p[i] - pass.sum(i);
            product.add(sum::interleaved(pass.count, [&](int i) { return term(p[i], q[i]); }));
        });
        return {rz, parallel::total(problem.pores().comm(), product)};
    }
}

template <class Real>
double advance(const LaplaceProblem& problem, PotentialVectors<Real>& v, Real alpha)
{
    ExactSum squares;
    problem.for_each_brick([&](const FinePass& pass) {
        const float* p = v.p.data() + pass.first;
        const auto* q = [&] {
            if constexpr (PotentialVectors<Real>::wide)
                return v.q.data() + pass.first;
            else
                return v.work.data() + pass.first;
        }();
        Real *g = v.correction.data() + pass.first, *r = v.r.data() + pass.first;
        for (std::int32_t i = 0; i < pass.count; ++i) {
            g[i] += alpha * p[i];
            r[i] -= alpha * q[i];
        }
        squares.add(sum::interleaved(pass.count, [&](int i) { return term(r[i], r[i]); }));
    });
    return std::sqrt(parallel::total(problem.pores().comm(), squares));
}

template <class Real>
Energies measure(const LaplaceProblem& problem, const PotentialVectors<Real>& v)
{
    std::array<ExactSum, 4> sums;
    for (std::int32_t i = 0; i < std::ssize(problem.pores().owned_bricks()); ++i) {
        std::array<double, 4> partial{};
        problem.for_each_equation(i, [&](std::int32_t at, const diffusion::PoreEquation& e) {
            const double g = v.g(at);
            const double gain = g * (e.balance + v.r[at]);
            if constexpr (PotentialVectors<Real>::wide) { // the answer may be 1e-8 of either sum
                sums[0].add(e.energy);
                sums[1].add(gain);
            } else {
                partial[0] += e.energy;
                partial[1] += gain;
            }
            partial[2] += e.inlet * (1 - 2 * g);
            partial[3] += e.outlet * (1 + 2 * g);
        });
        for (std::size_t s = 0; s < sums.size(); ++s) sums[s].add(partial[s]);
    }
    const auto total = parallel::total(problem.pores().comm(), sums);
    return {total[0], total[1], total[2], total[3]};
}

template double norm(const LaplaceProblem&, const std::vector<float>&);
template double norm(const LaplaceProblem&, const std::vector<double>&);
template Start begin(const LaplaceProblem&, PotentialVectors<float>&);
template Start begin(const LaplaceProblem&, PotentialVectors<double>&);
template double precondition(const LaplaceProblem&, Multigrid<LaplaceProblem>*, PotentialVectors<float>&);
template double precondition(const LaplaceProblem&, Multigrid<LaplaceProblem>*, PotentialVectors<double>&);
template Slope apply(const LaplaceProblem&, PotentialVectors<float>&, double);
template Slope apply(const LaplaceProblem&, PotentialVectors<double>&, double);
template double advance(const LaplaceProblem&, PotentialVectors<float>&, float);
template double advance(const LaplaceProblem&, PotentialVectors<double>&, double);
template Energies measure(const LaplaceProblem&, const PotentialVectors<float>&);
template Energies measure(const LaplaceProblem&, const PotentialVectors<double>&);

} // namespace lapilli::solve
