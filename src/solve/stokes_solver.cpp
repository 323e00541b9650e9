// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/stokes_solver.hpp"

#include "solve/flow_vectors.hpp"
#include "solve/restart.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace lapilli::solve {

namespace {

constexpr double renew_after = 1e-3;      // residual recomputed in double each time it fell by this
constexpr double trusted_residual = 1e-2; // before that the changes of the conductance say nothing
constexpr int most_start_iterations = 30;
constexpr int restart_every = 6; // iterations; a restart point costs a quarter of one

/// Pressures of Darcy flow with the local conductances. Collective.
std::vector<float> darcy_pressures(StokesPreconditioner& m, const StoppingRule& rule, const Observer& observe,
                                   const Step& step)
{
    const auto& pressure = m.pressure();
    auto darcy = conjugate_gradients(
        pressure, &m.pressure_cycle(),
        {.accuracy = std::min(0.1, rule.accuracy), .max_iterations = most_start_iterations, .field_alone = true},
        [&](SolveState state) {
            state.start = true;
            if (observe) observe(state);
            step.before_restart_points();
        });
    const std::size_t pores = pressure.pores().pores();
    for (std::size_t i = 0; i < pores; ++i) darcy.g[i] /= pressure.root()[i];
    return std::move(darcy.g);
}

/// One solve: what it has, and what an iteration does to it.
class Method {
public:
    Method(const StokesProblem& problem, StokesPreconditioner& preconditioner, const StoppingRule& rule)
        : problem_(problem), preconditioner_(preconditioner), rule_(rule), b_norm_(drive_norm(problem)),
          v_(problem.grid(), rule.is_beyond_floats(accuracy_of_flow_in_floats))
    {
    }

    /// From Darcy flow and the velocities that its pressures drive; or from where the solve was.
    void begin(const Observer& observe, const Step& step)
    {
        const auto state = step.resume(v_.field(problem_.grid()));
        if (!state) {
            auto pressures = darcy_pressures(preconditioner_, rule_, observe, step);
            preconditioner_.drive_velocities(
                problem_, [&](std::int32_t row) { return problem_.drive(row); }, pressures, v_.correction, v_.y);
        }
        v_.make_room(problem_.grid()); // only now: the start needs memory, too
        report_.bytes = v_.bytes() + preconditioner_.bytes() + problem_.grid().bytes();
        if (state) return go_on(*state);
        v_.renew_residual(problem_);
        now_ = measure(problem_, v_);
        renewed_at_ = now_.residual;
        judge();
        step.at_restart_point([&] { return histories(); }, v_.field(problem_.grid()));
    }

    bool done() const { return report_.converged || report_.iterations >= rule_.max_iterations; }

    /// A direction and a step. @return false: float has no digits left
    bool iterate()
    {
        const auto [square, along, work] = direction(problem_, preconditioner_, v_);
        if (!(square > 0)) return false;
        report_.history.work.push_back(work);
        v_.kept_square = square;
        now_ = advance(problem_, v_, narrow(along / square));
        ++report_.iterations;
        if (now_.residual < renew_after * renewed_at_ || (rule_.residual > 0 && now_.residual < rule_.residual * b_norm_)) {
            v_.renew_residual(problem_);
            now_ = measure(problem_, v_);
            renewed_at_ = now_.residual;
        }
        return true;
    }

    /// How far the solve is, and whether that is enough.
    SolveState judge()
    {
        const double wanted = rule_.residual > 0 ? std::min(rule_.residual, trusted_residual) : trusted_residual;
        report_.history.conductance.push_back(now_.conductance);
        report_.history.residual.push_back(now_.residual / b_norm_);
        estimate();
        report_.converged = report_.error.relative <= rule_.accuracy && now_.residual <= wanted * b_norm_;
        return {report_.iterations, now_.conductance, report_.error.relative, now_.residual / b_norm_};
    }

    /// Now and then goes on from what a checkpoint has.
    void keep(const Step& step)
    {
        if (const int ahead = until_restart(report_.iterations, restart_every); ahead > 0)
            return step.after_iteration(ahead);
        v_.renew_residual(problem_);
        renewed_at_ = measure(problem_, v_).residual;
        complete_kept(problem_, v_);
        step.at_restart_point([&] { return histories(); }, v_.field(problem_.grid()));
    }

    FlowReport finish()
    {
        v_.renew_residual(problem_);
        report_.conductance = measure(problem_, v_).conductance;
        report_.x = v_.take_x();
        const auto residual = component_norms(problem_, v_.r);
        report_.momentum_residual = residual[0] / b_norm_;
        report_.mass_residual = residual[1] / b_norm_;
        report_.flow = summarize_flow(problem_, report_.x);
        return std::move(report_);
    }

private:
    void go_on(const Record& state)
    {
        report_.iterations = restore_histories(state, report_.history.conductance, report_.history.residual);
        state.at("work_history").get_to(report_.history.work);
        v_.compute_residual(problem_);
        complete_kept(problem_, v_);
        now_ = measure(problem_, v_);
        renewed_at_ = now_.residual;
        estimate();
    }
    void estimate()
    {
        report_.history.mean_flux = now_.mean_flux;
        report_.error = error_of_flow(report_.history);
    }
    Record histories() const
    {
        auto record = histories_record(report_.history.conductance, report_.history.residual);
        record["work_history"] = report_.history.work;
        return record;
    }

    const StokesProblem& problem_;
    StokesPreconditioner& preconditioner_;
    const StoppingRule& rule_;
    const double b_norm_;
    FlowVectors v_;
    FlowReport report_;
    FlowMeasures now_;
    double renewed_at_ = 0; ///< ‖r‖ when it was last recomputed
};

} // namespace

FlowReport solve_stokes(const StokesProblem& problem, StokesPreconditioner& preconditioner, const StoppingRule& rule,
                        const Observer& observe, const Step& step)
{
    Method method(problem, preconditioner, rule);
    method.begin(observe, step);
    while (!method.done() && method.iterate()) {
        const auto state = method.judge();
        if (observe) observe(state);
        if (!method.done()) method.keep(step);
    }
    return method.finish();
}

} // namespace lapilli::solve
