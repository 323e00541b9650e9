// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solve/stokes_solver.hpp"

#include "parallel/exact_total.hpp"
#include "solve/restart.hpp"
#include "sum/exact_sum.hpp"
#include "sum/interleaved.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace lapilli::solve {

namespace {

using sum::ExactSum;

constexpr double renew_after = 1e-3;       // residual recomputed in double each time it fell by this
constexpr double trusted_residual = 1e-2;  // before that the changes of the conductance say nothing
constexpr double start_accuracy = 1.0 / 3; // of the Darcy start, in units of the accuracy asked for
constexpr int most_start_iterations = 30;
constexpr int restart_every = 4; // iterations

double dot(std::int32_t count, const Float4* a, const Float4* b)
{
    return sum::interleaved_lanes(count, [&](int i) { return widen(a[i]) * widen(b[i]); });
}

/// The vectors of the method; x = base + correction, base only where float is not enough.
struct Vectors {
    std::vector<Float4> correction, kept_z, r, z, y, kept_y;
    std::vector<Double4> base;
    double kept_square = 0; // of kept_y; 0: nothing kept

    Vectors(const StaggeredGrid& grid, bool with_base)
        : correction(grid.make_field<Float4>()), kept_z(grid.make_field<Float4>())
    {
        if (with_base) base = grid.make_field<Double4>();
    }
    /// All but x and the kept direction, which are there from the beginning.
    void make_room(const StaggeredGrid& grid)
    {
        for (auto* v : {&r, &z, &y, &kept_y}) *v = grid.make_field<Float4>();
    }
    Double4 x(std::size_t i) const { return (base.empty() ? Double4{} : base[i]) + widen(correction[i]); }
    void compute_residual(const StokesProblem& problem)
    {
        problem.residual(base.empty() ? nullptr : &base, correction.data(), r.data());
    }
    /// The same, base taking in the correction.
    void renew_residual(const StokesProblem& problem)
    {
        for (std::size_t i = 0; i < base.size(); ++i) {
            base[i] += widen(correction[i]);
            correction[i] = Float4{};
        }
        compute_residual(problem);
    }
    /// All that the method goes on from, just after a renewal: x and the kept direction.
    std::vector<parallel::Slice> field(const StaggeredGrid& grid)
    {
        auto slices = base.empty() ? slices_of(grid, correction) : slices_of(grid, base);
        for (auto& slice : slices_of(grid, kept_z)) {
            slice.name = "direction " + slice.name;
            slices.push_back(slice);
        }
        return slices;
    }
    std::size_t bytes() const { return 6 * r.size() * sizeof(Float4) + base.size() * sizeof(Double4); }
};

struct Measures {
    double residual = 0; ///< ‖r‖
    double conductance = 0;
    double mean_flux = 0; ///< b·x
};

/// ‖r‖, b·x + x·r and b·x, in one pass with whatever is done to the rows [first, first + count) before. Collective.
template <class Before>
Measures measure(const StokesProblem& problem, const Vectors& v, Before&& before)
{
    std::array<ExactSum, 3> sums;
    const auto axis = static_cast<int>(problem.axis());
    problem.grid().for_each_brick([&](std::int32_t, std::int32_t first, std::int32_t count) {
        before(first, count);
        const Float4* r = v.r.data() + first;
        sums[0].add(dot(count, r, r));
        sums[1].add(sum::interleaved_lanes(count, [&](int i) {
            return v.x(static_cast<std::size_t>(first + i)) * widen(problem.drive(first + i) + r[i]);
        }));
        sums[2].add(sum::interleaved(count, [&](int i) {
            return v.x(static_cast<std::size_t>(first + i))[axis] * static_cast<double>(problem.drive(first + i)[axis]);
        }));
    });
    const auto total = parallel::total(problem.grid().pores().comm(), sums);
    return {std::sqrt(total[0]), total[1], total[2]};
}

Measures measure(const StokesProblem& problem, const Vectors& v)
{
    return measure(problem, v, [](std::int32_t, std::int32_t) {});
}

/// Norms of the velocities and of the pressures of a field. Collective.
std::array<double, 2> component_norms(const StokesProblem& problem, const std::vector<Float4>& field)
{
    std::array<ExactSum, 2> squares;
    problem.grid().for_each_brick([&](std::int32_t, std::int32_t first, std::int32_t count) {
        const Float4* v = field.data() + first;
        squares[0].add(sum::interleaved_lanes(count, [&](int i) {
            const Double4 u = widen(v[i]);
            return u * u * Double4{1, 1, 1, 0};
        }));
        squares[1].add(
            sum::interleaved(count, [&](int i) { return static_cast<double>(v[i][3]) * static_cast<double>(v[i][3]); }));
    });
    const auto total = parallel::total(problem.grid().pores().comm(), squares);
    return {std::sqrt(total[0]), std::sqrt(total[1])};
}

/// ‖b‖. Collective.
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

/// Pressures of Darcy flow with the local conductances. Collective.
std::vector<float> darcy_pressures(StokesPreconditioner& m, const StoppingRule& rule, const Observer& observe,
                                   const Step& step)
{
    const auto& pressure = m.pressure();
    auto darcy = conjugate_gradients(
        pressure, &m.pressure_cycle(),
        {.accuracy = std::min(0.1, rule.accuracy * start_accuracy), .max_iterations = most_start_iterations},
        [&](SolveState state) {
            state.start = true;
            if (observe) observe(state);
            step.before_restart_points();
        });
    const auto pores = static_cast<std::size_t>(pressure.pores().pores());
    for (std::size_t i = 0; i < pores; ++i) darcy.g[i] /= pressure.root()[i];
    return std::move(darcy.g);
}

struct Direction {
    double square = 0; ///< y·y
    double along = 0;  ///< y·r
    double work = 0;   ///< of the residual, as in FlowHistory
};

/// |r·z|, of which velocities and pressures may not hide one another.
double work_of(double all, double pressures)
{
    return std::max(std::abs(all), (std::abs(all - pressures) + std::abs(pressures)) / 2);
}

/// One direction: z = M r, y = K z, then both are made orthogonal to the kept pair. Collective.
Direction direction(const StokesProblem& problem, StokesPreconditioner& m, Vectors& v)
{
    const auto& comm = problem.grid().pores().comm();
    m.apply(problem, v.r, v.z, v.y);
    ExactSum overlap;
    problem.apply(v.z.data(), v.y.data(), [&](std::int32_t first, std::int32_t count, const Float4*, const Float4* y) {
        if (v.kept_square > 0) overlap.add(dot(count, y, v.kept_y.data() + first));
    });
    const auto beta = v.kept_square > 0 ? static_cast<float>(parallel::total(comm, overlap) / v.kept_square) : 0.0F;
    std::array<ExactSum, 4> sums;
    problem.grid().for_each_brick([&](std::int32_t, std::int32_t first, std::int32_t count) {
        Float4 *y = v.y.data() + first, *z = v.z.data() + first;
        const Float4 *kept_y = v.kept_y.data() + first, *kept_z = v.kept_z.data() + first, *r = v.r.data() + first;
        sums[2].add(dot(count, z, r));
        sums[3].add(
            sum::interleaved(count, [&](int i) { return static_cast<double>(z[i][3]) * static_cast<double>(r[i][3]); }));
        if (beta != 0)
            for (std::int32_t i = 0; i < count; ++i) {
                y[i] -= beta * kept_y[i];
                z[i] -= beta * kept_z[i];
            }
        sums[0].add(dot(count, y, y));
        sums[1].add(dot(count, y, r));
    });
    const auto total = parallel::total(comm, sums);
    return {total[0], total[1], work_of(total[2], total[3])};
}

/// y = K z of the kept pair. Collective.
void complete_kept(const StokesProblem& problem, Vectors& v)
{
    ExactSum square;
    problem.apply(v.kept_z.data(), v.kept_y.data(),
                  [&](std::int32_t, std::int32_t count, const Float4*, const Float4* y) { square.add(dot(count, y, y)); });
    v.kept_square = parallel::total(problem.grid().pores().comm(), square);
}

/// x += α z, r -= α y, and what they measure then. Collective.
Measures advance(const StokesProblem& problem, Vectors& v, float alpha)
{
    const auto measures = measure(problem, v, [&](std::int32_t first, std::int32_t count) {
        const Float4 *z = v.z.data() + first, *y = v.y.data() + first;
        Float4 *x = v.correction.data() + first, *r = v.r.data() + first;
        for (std::int32_t i = 0; i < count; ++i) {
            x[i] += alpha * z[i];
            r[i] -= alpha * y[i];
        }
    });
    v.z.swap(v.kept_z);
    v.y.swap(v.kept_y);
    return measures;
}

} // namespace

FlowReport solve_stokes(const StokesProblem& problem, StokesPreconditioner& preconditioner, const StoppingRule& rule,
                        const Observer& observe, const Step& step)
{
    FlowReport report;
    const auto& grid = problem.grid();
    const double b_norm = drive_norm(problem);

    // 1. Darcy flow and the velocities that its pressures drive, or where the solve was
    Vectors v(grid, rule.is_beyond_floats(accuracy_of_flow_in_floats));
    const auto state = step.resume(v.field(grid));
    auto pressures = state ? std::vector<float>() : darcy_pressures(preconditioner, rule, observe, step);
    v.make_room(grid); // only now: the start needs memory, too
    report.bytes = v.bytes() + preconditioner.bytes() + grid.bytes();
    if (state) {
        report.iterations = restore_histories(*state, report.history.conductance, report.history.residual);
        state->at("work_history").get_to(report.history.work);
        v.compute_residual(problem);
        complete_kept(problem, v);
    } else {
        preconditioner.drive_velocities(
            problem, [&](std::int32_t row) { return problem.drive(row); }, pressures, v.correction, v.y);
        v.renew_residual(problem);
        pressures = {};
    }
    auto now = measure(problem, v);
    double renewed_at = now.residual;
    const double wanted_residual = rule.residual > 0 ? std::min(rule.residual, trusted_residual) : trusted_residual;
    const auto judge = [&] {
        report.history.conductance.push_back(now.conductance);
        report.history.residual.push_back(now.residual / b_norm);
        report.history.mean_flux = now.mean_flux;
        report.error = error_of_flow(report.history);
        report.converged = report.error.relative <= rule.accuracy && now.residual <= wanted_residual * b_norm;
    };
    const auto histories = [&] {
        auto record = histories_record(report.history.conductance, report.history.residual);
        record["work_history"] = report.history.work;
        return record;
    };
    if (state) {
        report.history.mean_flux = now.mean_flux;
        report.error = error_of_flow(report.history);
    } else {
        judge();
        step.at_restart_point(histories, v.field(grid));
    }

    while (!report.converged && report.iterations < rule.max_iterations) {
        // 2. direction and step
        const auto [square, along, work] = direction(problem, preconditioner, v);
        if (!(square > 0)) break; // float has no digits left
        report.history.work.push_back(work);
        v.kept_square = square;
        now = advance(problem, v, static_cast<float>(along / square));
        ++report.iterations;
        if (now.residual < renew_after * renewed_at || (rule.residual > 0 && now.residual < rule.residual * b_norm)) {
            v.renew_residual(problem);
            now = measure(problem, v);
            renewed_at = now.residual;
        }

        // 3. how far
        judge();
        if (observe) observe({report.iterations, now.conductance, report.error.relative, now.residual / b_norm});
        if (report.converged || report.iterations == rule.max_iterations) break;

        // 4. now and then from what a checkpoint has
        if (const int ahead = until_restart(report.iterations, restart_every); ahead > 0) {
            step.after_iteration(ahead);
        } else {
            v.renew_residual(problem);
            renewed_at = measure(problem, v).residual;
            complete_kept(problem, v);
            step.at_restart_point(histories, v.field(grid));
        }
    }
    v.renew_residual(problem);
    report.conductance = measure(problem, v).conductance;
    for (std::size_t i = 0; i < v.base.size(); ++i) v.correction[i] += narrow(v.base[i]);
    const auto residual = component_norms(problem, v.r);
    report.momentum_residual = residual[0] / b_norm;
    report.mass_residual = residual[1] / b_norm;
    report.flow = summarize_flow(problem, v.correction);
    report.x = std::move(v.correction);
    return report;
}

} // namespace lapilli::solve
