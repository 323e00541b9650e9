// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/conjugate_gradients.hpp"

#include "solve/balanced_flux.hpp"
#include "solve/potential_vectors.hpp"
#include "solve/remaining_error.hpp"
#include "solve/restart.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace lapilli::solve {

namespace {

constexpr double renew_after = 1e-3; // residual recomputed in double each time it fell by this
constexpr int restart_every = 5;     // iterations

/// How far the energy may be above its minimum, and who says so.
struct Verdict {
    double error = 1; ///< relative
    ErrorWitness by = ErrorWitness::none;
};

/// Asked where the decay of the energy would stop; r is new. @param of_decay  what that says
template <class Real>
Verdict verdict(const LaplaceProblem& problem, Multigrid<LaplaceProblem>& multigrid, const PotentialVectors<Real>& v,
                double energy, double of_decay)
{
    if (const auto bound = energy_bound(problem, multigrid, v.r.data()))
        return {*bound < energy ? *bound / (energy - *bound) : 1, ErrorWitness::bound};
    if (problem.pores().beyond() == Boundary::periodic) return {of_decay, ErrorWitness::energy_decay};
    // the fluxes through the ends err as the field does, whose error is the root of the energy's
    constexpr double safety = 4;
    const auto ends = measure(problem, v);
    const double length = problem.pores().shape().along(problem.axis());
    const double apart =
        std::max(std::abs(ends.inlet_flux * length / energy - 1), std::abs(ends.outlet_flux * length / energy - 1));
    const double of_fluxes = safety * apart * apart;
    if (of_fluxes > of_decay) return {of_fluxes, ErrorWitness::flux_balance};
    return {of_decay, ErrorWitness::energy_decay};
}

/// One solve: what it has, and what an iteration does to it.
template <class Real>
class Method {
public:
    Method(const LaplaceProblem& problem, Multigrid<LaplaceProblem>* multigrid, const StoppingRule& rule)
        : problem_(problem), multigrid_(multigrid), rule_(rule),
          v_(problem.pores(), rule.is_beyond_floats(accuracy_of_floats))
    {
        report_.bytes = v_.bytes();
    }

    /// From g = 0, the unit gradient, whose flux is out of balance by b; of several phases from what the coarse levels say,
    /// if that is better; or from where the solve was.
    void begin(const Step& step)
    {
        auto start = solve::begin(problem_, v_);
        b_norm_ = start.norm;
        if (const auto state = step.resume(v_.field(problem_))) return go_on(*state);
        if constexpr (PotentialVectors<Real>::wide)
            if (b_norm_ > 0 && multigrid_ != nullptr) start = begin_on_coarse_levels(problem_, *multigrid_, start, v_);
        energy_ = start.energy;
        residual_ = renewed_at_ = start.norm;
        if (residual_ > 0) expected_ = b_norm_ * b_norm_ / (residual_ * residual_);
        report_.energy_history.push_back(energy_);
        report_.residual_history.push_back(b_norm_ > 0 ? residual_ / b_norm_ : 0);
        report_.converged = residual_ == 0;
        report_.error_estimate = residual_ == 0 ? 0 : 1;
    }

    bool done() const { return report_.converged || report_.iterations >= rule_.max_iterations; }

    /// A direction, and the step along it that lowers the energy most, by α r·z. @return false: float has no digits left
    bool iterate()
    {
        const double rz = precondition(problem_, multigrid_, v_);
        const float beta = rz_before_ > 0 ? narrow(rz / rz_before_) : 0;
        for (std::int32_t i = 0; i < problem_.pores().pores(); ++i) v_.p[i] = v_.z[i] + beta * v_.p[i];
        rz_before_ = rz;
        const auto slope = apply(problem_, v_, rz);
        if (!(rz > 0) || !(slope.curvature > 0)) return false;
        const double alpha = slope.fall / slope.curvature;
        residual_ = advance(problem_, v_, static_cast<Real>(alpha));
        energy_ -= alpha * slope.fall;
        ++report_.iterations;
        fresh_ = false;
        if (residual_ < renew_after * renewed_at_ || (rule_.residual > 0 && residual_ < rule_.residual * b_norm_)) renew();
        return true;
    }

    /// How far the solve is, and whether that is enough.
    SolveState judge()
    {
        report_.energy_history.push_back(energy_);
        report_.residual_history.push_back(residual_ / b_norm_);
        said_ = {remaining_error(report_.energy_history), ErrorWitness::energy_decay};
        const bool promising = expected_ * residual_ * residual_ <= rule_.accuracy * b_norm_ * b_norm_;
        const bool may_end = residual_is_small() && (promising || said_.error <= rule_.accuracy);
        if (bounded() && (may_end || report_.iterations == rule_.max_iterations)) {
            renew();
            said_ = verdict(problem_, *multigrid_, v_, energy_, said_.error);
            const double relative = residual_ / b_norm_;
            if (relative > 0) expected_ = said_.error / (relative * relative);
        }
        report_.converged = residual_is_small() && said_.error <= rule_.accuracy;
        report_.error_estimate = said_.error;
        return {report_.iterations, energy_, report_.error_estimate, residual_ / b_norm_};
    }

    /// The last word where no further iteration can be made.
    void give_up()
    {
        if (!bounded()) return;
        renew();
        said_ = verdict(problem_, *multigrid_, v_, energy_, said_.error);
        report_.error_estimate = said_.error;
        report_.converged = said_.by == ErrorWitness::bound && said_.error <= rule_.accuracy && rule_.residual <= 0;
    }

    /// Now and then goes on from what a checkpoint has.
    void keep(const Step& step)
    {
        if (const int ahead = until_restart(report_.iterations, restart_every); ahead > 0)
            return step.after_iteration(ahead);
        renew();
        const auto state = [&] {
            auto record = histories_record(report_.energy_history, report_.residual_history);
            record["rz_before"] = rz_before_;
            record["error_expected"] = expected_;
            return record;
        };
        step.at_restart_point(state, v_.field(problem_));
    }

    SolveReport finish()
    {
        if (rule_.field_alone) {
            report_.g = v_.take_g();
            return std::move(report_);
        }
        renew();
        report_.residual = b_norm_ > 0 ? residual_ / b_norm_ : 0;
        const auto energies = measure(problem_, v_);
        report_.energy = energies.unit_gradient - energies.gain;
        report_.error_estimate_by = said_.by;
        report_.inlet_flux = energies.inlet_flux;
        report_.outlet_flux = energies.outlet_flux;
        report_.g = v_.take_g();
        return std::move(report_);
    }

private:
    void go_on(const Record& state)
    {
        report_.iterations = restore_histories(state, report_.energy_history, report_.residual_history);
        energy_ = report_.energy_history.back();
        report_.error_estimate = remaining_error(report_.energy_history);
        state.at("rz_before").get_to(rz_before_);
        state.at("error_expected").get_to(expected_);
        v_.compute_residual(problem_);
        residual_ = renewed_at_ = norm(problem_, v_.r);
    }
    bool bounded() const { return multigrid_ != nullptr && problem_.law() != diffusion::Law::product; }
    bool residual_is_small() const { return rule_.residual <= 0 || residual_ <= rule_.residual * b_norm_; }
    /// r from g in double.
    void renew()
    {
        if (std::exchange(fresh_, true)) return;
        v_.renew_residual(problem_);
        residual_ = renewed_at_ = norm(problem_, v_.r);
    }

    const LaplaceProblem& problem_;
    Multigrid<LaplaceProblem>* multigrid_;
    const StoppingRule& rule_;
    PotentialVectors<Real> v_;
    SolveReport report_;
    Verdict said_;
    double b_norm_ = 0, energy_ = 0, residual_ = 0, renewed_at_ = 0, rz_before_ = 0;
    double expected_ =
        1; ///< error of the energy over (‖r‖ / ‖b‖)², as the last verdict had it: when the next may be worth it
    bool fresh_ = false; ///< nothing has changed since r was renewed
};

template <class Real>
SolveReport solve_with(const LaplaceProblem& problem, Multigrid<LaplaceProblem>* multigrid, const StoppingRule& rule,
                       const Observer& observe, const Step& step)
{
    Method<Real> method(problem, multigrid, rule);
    method.begin(step);
    while (!method.done()) {
        if (!method.iterate()) {
            method.give_up();
            break;
        }
        const auto state = method.judge();
        if (observe) observe(state);
        if (!method.done()) method.keep(step);
    }
    return method.finish();
}

} // namespace

std::string_view reason_to_stop(bool converged, int iterations, const StoppingRule& rule)
{
    if (converged) return "accuracy reached";
    return iterations >= rule.max_iterations ? "iterations used up" : "rounding";
}

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
