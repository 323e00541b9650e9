// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/conjugate_gradients.hpp"

#include "parallel/exact_total.hpp"
#include "solve/balanced_flux.hpp"
#include "solve/remaining_error.hpp"
#include "solve/restart.hpp"
#include "sum/exact_sum.hpp"
#include "sum/interleaved.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace lapilli::solve {

namespace {

using Pass = LaplaceProblem::Pass;
using sum::ExactSum;

constexpr double renew_after = 1e-3; // residual recomputed in double each time it fell by this
constexpr int restart_every = 5;     // iterations

template <class A, class B>
double term(A a, B b)
{
    return static_cast<double>(a) * static_cast<double>(b);
}

template <class Real>
double norm(const LaplaceProblem& problem, const std::vector<Real>& r)
{
    ExactSum squares;
    problem.for_each_brick([&](const Pass& p) {
        const Real* v = r.data() + p.first;
        squares.add(sum::interleaved(p.count, [&](int i) { return term(v[i], v[i]); }));
    });
    return std::sqrt(parallel::total(problem.pores().comm(), squares));
}

/// The vectors of the method. Of one phase they are floats, and g = base + correction, base only where float is not enough.
/// Of several g, r and A p are double: the answer is a small difference of what well-conducting islands take up and give.
template <class Real>
struct Vectors {
    static constexpr bool wide = std::is_same_v<Real, double>;

    std::vector<Real> correction, r;
    std::vector<float> p, z, work;
    std::vector<double> base;          ///< floats only
    std::vector<double> q;             ///< A p; of floats it is in `work`
    std::vector<float> preconditioned; ///< r as the preconditioner sees it; floats see r itself

    Vectors(const image::PoreSpace& pores, bool with_base)
    {
        for (auto* v : {&correction, &r}) *v = pores.make_field<Real>();
        for (auto* v : {&p, &z, &work}) *v = pores.make_field<float>();
        if (wide) q = pores.make_field<double>();
        if (wide) preconditioned = pores.make_field<float>();
        if (with_base && !wide) base = pores.make_field<double>();
    }
    std::size_t bytes() const
    {
        return 2 * r.size() * sizeof(Real) + (3 * p.size() + preconditioned.size()) * sizeof(float) +
               (base.size() + q.size()) * sizeof(double);
    }

    /// r = b - A g in double.
    void compute_residual(const LaplaceProblem& problem)
    {
        if constexpr (wide)
            problem.residual(correction.data(), nullptr, r.data());
        else
            problem.residual(base.empty() ? nullptr : base.data(), correction.data(), r.data());
    }
    /// The same, base taking in the correction.
    void renew_residual(const LaplaceProblem& problem)
    {
        if (!base.empty()) {
            for (std::size_t i = 0; i < correction.size(); ++i) {
                base[i] += static_cast<double>(correction[i]);
                correction[i] = 0;
            }
        }
        compute_residual(problem);
    }
    /// All that the method goes on from, just after a renewal: g and the direction.
    std::array<parallel::Slice, 2> field(const LaplaceProblem& problem)
    {
        const auto pores = static_cast<std::size_t>(problem.pores().pores());
        const auto direction = parallel::slice_of<float>("p", std::span(p).first(pores));
        if (base.empty()) return {parallel::slice_of<Real>("g", std::span(correction).first(pores)), direction};
        return {parallel::slice_of<double>("g", std::span(base).first(pores)), direction};
    }
    double g(std::size_t at) const { return static_cast<double>(correction[at]) + (base.empty() ? 0.0 : base[at]); }
};

/// z = M r; returns r·z.
template <class Real>
double precondition(const LaplaceProblem& problem, Multigrid<LaplaceProblem>* multigrid, Vectors<Real>& v)
{
    float* seen = nullptr;
    if constexpr (Vectors<Real>::wide) {
        std::transform(v.r.begin(), v.r.end(), v.preconditioned.begin(), [](double r) { return static_cast<float>(r); });
        seen = v.preconditioned.data();
    } else {
        seen = v.r.data();
    }
    ExactSum product;
    const auto add = [&](const Pass& p, const float* r, const float* z) {
        product.add(sum::interleaved(p.count, [&](int i) { return term(r[i], z[i]); }));
    };
    if (multigrid != nullptr)
        multigrid->apply(seen, v.z, v.work, add);
    else
        problem.for_each_brick([&](const Pass& p) {
            const float* r = seen + p.first;
            float* z = v.z.data() + p.first;
            for (std::int32_t i = 0; i < p.count; ++i) z[i] = r[i] * p.inverse[i];
            add(p, r, z);
        });
    return parallel::total(problem.pores().comm(), product);
}

/// What a step along p does to the energy.
struct Slope {
    double fall = 0;      ///< p·r
    double curvature = 0; ///< p·A p
};

/// A p, into work or q. @param rz  r·z, which is p·r where sums are exact
template <class Real>
Slope apply(const LaplaceProblem& problem, Vectors<Real>& v, double rz)
{
    if constexpr (Vectors<Real>::wide) {
        problem.apply_in_double(v.p.data(), v.q.data());
        std::array<ExactSum, 2> sums;
        problem.for_each_brick([&](const Pass& pass) {
            const auto at = static_cast<std::size_t>(pass.first);
            const float* p = v.p.data() + at;
            const double *r = v.r.data() + at, *q = v.q.data() + at;
            sums[0].add(sum::interleaved(pass.count, [&](int i) { return term(p[i], r[i]); }));
            sums[1].add(sum::interleaved(pass.count, [&](int i) { return term(p[i], q[i]); }));
        });
        const auto total = parallel::total(problem.pores().comm(), sums);
        return {total[0], total[1]};
    } else {
        ExactSum product;
        problem.sweep(v.p.data(), [&](const Pass& pass) {
            const float* p = v.p.data() + pass.first;
            float* q = v.work.data() + pass.first;
            for (std::int32_t i = 0; i < pass.count; ++i) q[i] = pass.own()[i] * p[i] - pass.sums[i];
            product.add(sum::interleaved(pass.count, [&](int i) { return term(p[i], q[i]); }));
        });
        return {rz, parallel::total(problem.pores().comm(), product)};
    }
}

/// g += α p, r -= α A p; returns ‖r‖.
template <class Real>
double advance(const LaplaceProblem& problem, Vectors<Real>& v, Real alpha)
{
    ExactSum squares;
    problem.for_each_brick([&](const Pass& pass) {
        const float* p = v.p.data() + pass.first;
        const auto* q = [&] {
            if constexpr (Vectors<Real>::wide)
                return v.q.data() + pass.first;
            else
                return v.work.data() + pass.first;
        }();
        Real *g = v.correction.data() + pass.first, *r = v.r.data() + pass.first;
        for (std::int32_t i = 0; i < pass.count; ++i) {
            g[i] += alpha * static_cast<Real>(p[i]);
            r[i] -= alpha * q[i];
        }
        squares.add(sum::interleaved(pass.count, [&](int i) { return term(r[i], r[i]); }));
    });
    return std::sqrt(parallel::total(problem.pores().comm(), squares));
}

struct Energies {
    double unit_gradient = 0; ///< energy before any correction
    double gain = 0;          ///< b·g + g·r: how much the correction lowers it
    double inlet_flux = 0;
    double outlet_flux = 0;
};

/// One pass over the equations for the sums that need b or the outer faces.
template <class Real>
Energies measure(const LaplaceProblem& problem, const Vectors<Real>& v)
{
    std::array<ExactSum, 4> sums;
    std::int32_t brick = 0;
    for (const auto& b : problem.pores().owned_bricks()) {
        const auto equation = problem.equations(brick++);
        std::array<double, 4> partial{};
        for (std::size_t k = 0; k < equation.size(); ++k) {
            const auto& e = equation[k];
            const auto at = static_cast<std::size_t>(b.first) + k;
            const double g = v.g(at);
            const double gain = g * (e.balance + static_cast<double>(v.r[at]));
            if constexpr (Vectors<Real>::wide) { // the answer may be 1e-8 of either sum
                sums[0].add(e.energy);
                sums[1].add(gain);
            } else {
                partial[0] += e.energy;
                partial[1] += gain;
            }
            partial[2] += e.inlet * (1 - 2 * g);
            partial[3] += e.outlet * (1 + 2 * g);
        }
        for (std::size_t s = 0; s < sums.size(); ++s) sums[s].add(partial[s]);
    }
    const auto total = parallel::total(problem.pores().comm(), sums);
    return {total[0], total[1], total[2], total[3]};
}

/// How far the energy may be above its minimum, and who says so.
struct Verdict {
    double error = 1; ///< relative
    ErrorWitness by = ErrorWitness::none;
};

/// Asked where the decay of the energy would stop; r is new. @param of_decay  what that says
template <class Real>
Verdict verdict(const LaplaceProblem& problem, Multigrid<LaplaceProblem>& multigrid, const Vectors<Real>& v, double energy,
                double of_decay)
{
    if (const auto bound = energy_bound(problem, multigrid, v.r.data()))
        return {*bound < energy ? *bound / (energy - *bound) : 1, ErrorWitness::bound};
    if (problem.pores().beyond() == Boundary::periodic) return {of_decay, ErrorWitness::energy_decay};
    // the fluxes through the ends err as the field does, whose error is the root of the energy's
    constexpr double safety = 4;
    const auto ends = measure(problem, v);
    const auto length = static_cast<double>(problem.pores().shape().along(problem.axis()));
    const double apart =
        std::max(std::abs(ends.inlet_flux * length / energy - 1), std::abs(ends.outlet_flux * length / energy - 1));
    const double of_fluxes = safety * apart * apart;
    if (of_fluxes > of_decay) return {of_fluxes, ErrorWitness::flux_balance};
    return {of_decay, ErrorWitness::energy_decay};
}

template <class Real>
SolveReport solve_with(const LaplaceProblem& problem, Multigrid<LaplaceProblem>* multigrid, const StoppingRule& rule,
                       const std::function<void(const SolveState&)>& observe, const Step& step)
{
    SolveReport report;
    Vectors<Real> v(problem.pores(), rule.is_beyond_floats(accuracy_of_floats));
    report.bytes = v.bytes();

    // 1. g = 0: the unit gradient; its flux is out of balance by b
    problem.residual(nullptr, nullptr, v.r.data());
    const double b_norm = norm(problem, v.r);
    double energy = measure(problem, v).unit_gradient;
    double residual = b_norm;
    double renewed_at = b_norm;
    double rz_before = 0;
    report.energy_history.push_back(energy);
    report.residual_history.push_back(b_norm > 0 ? 1 : 0);
    report.converged = b_norm == 0;
    report.error_estimate = b_norm == 0 ? 0 : 1;
    const bool bounded = multigrid != nullptr && problem.law() != diffusion::Law::product;
    Verdict said;
    bool fresh = false; // r is that of g in double
    const auto renew = [&] {
        if (std::exchange(fresh, true)) return;
        v.renew_residual(problem);
        residual = renewed_at = norm(problem, v.r);
    };

    const auto field = v.field(problem);
    if (const auto state = step.resume(field)) {
        report.iterations = restore_histories(*state, report.energy_history, report.residual_history);
        energy = report.energy_history.back();
        report.error_estimate = remaining_error(report.energy_history);
        state->at("rz_before").get_to(rz_before);
        v.compute_residual(problem);
        residual = renewed_at = norm(problem, v.r);
    }

    while (!report.converged && report.iterations < rule.max_iterations) {
        // 2. direction
        const double rz = precondition(problem, multigrid, v);
        const auto beta = static_cast<float>(rz_before > 0 ? rz / rz_before : 0);
        for (std::size_t i = 0; i < static_cast<std::size_t>(problem.pores().pores()); ++i) v.p[i] = v.z[i] + beta * v.p[i];
        rz_before = rz;

        // 3. step, which lowers the energy by α r·z
        const auto slope = apply(problem, v, rz);
        if (!(rz > 0) || !(slope.curvature > 0)) { // float has no digits left
            if (bounded) {
                renew();
                said = verdict(problem, *multigrid, v, energy, said.error);
                report.error_estimate = said.error;
                report.converged = said.by == ErrorWitness::bound && said.error <= rule.accuracy && rule.residual <= 0;
            }
            break;
        }
        const double alpha = slope.fall / slope.curvature;
        residual = advance(problem, v, static_cast<Real>(alpha));
        energy -= alpha * slope.fall;
        ++report.iterations;
        fresh = false;
        if (residual < renew_after * renewed_at || (rule.residual > 0 && residual < rule.residual * b_norm)) renew();

        // 4. how far
        report.energy_history.push_back(energy);
        report.residual_history.push_back(residual / b_norm);
        said = {remaining_error(report.energy_history), ErrorWitness::energy_decay};
        const auto small = [&] {
            return said.error <= rule.accuracy && (rule.residual <= 0 || residual <= rule.residual * b_norm);
        };
        if (bounded && (small() || report.iterations == rule.max_iterations)) {
            renew();
            said = verdict(problem, *multigrid, v, energy, said.error);
        }
        report.converged = small();
        report.error_estimate = said.error;
        if (observe) observe({report.iterations, energy, report.error_estimate, residual / b_norm});
        if (report.converged || report.iterations == rule.max_iterations) break;

        // 5. now and then from what a checkpoint has
        if (const int ahead = until_restart(report.iterations, restart_every); ahead > 0) {
            step.after_iteration(ahead);
        } else {
            renew();
            const auto state = [&] {
                auto record = histories_record(report.energy_history, report.residual_history);
                record["rz_before"] = rz_before;
                return record;
            };
            step.at_restart_point(state, field);
        }
    }

    renew();
    report.residual = b_norm > 0 ? residual / b_norm : 0;
    const auto energies = measure(problem, v);
    report.energy = energies.unit_gradient - energies.gain;
    report.error_estimate_by = said.by;
    report.inlet_flux = energies.inlet_flux;
    report.outlet_flux = energies.outlet_flux;
    if constexpr (Vectors<Real>::wide) {
        report.g = std::move(v.p);
        std::transform(v.correction.begin(), v.correction.end(), report.g.begin(),
                       [](double g) { return static_cast<float>(g); });
    } else {
        for (std::size_t i = 0; i < v.base.size(); ++i) v.correction[i] += static_cast<float>(v.base[i]);
        report.g = std::move(v.correction);
    }
    return report;
}

} // namespace

std::string_view name(ErrorWitness witness)
{
    switch (witness) {
    case ErrorWitness::none:
        return "";
    case ErrorWitness::energy_decay:
        return "energy decay";
    case ErrorWitness::flux_balance:
        return "flux balance";
    case ErrorWitness::bound:
        return "bound";
    }
    return "";
}

SolveReport conjugate_gradients(const LaplaceProblem& problem, Multigrid<LaplaceProblem>* multigrid,
                                const StoppingRule& rule, const Observer& observe, const Step& step)
{
    return problem.law() == diffusion::Law::harmonic ? solve_with<double>(problem, multigrid, rule, observe, step)
                                                     : solve_with<float>(problem, multigrid, rule, observe, step);
}

} // namespace lapilli::solve
