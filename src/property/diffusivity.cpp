// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/diffusivity.hpp"

#include "property/record.hpp"
#include "property/remaining_time.hpp"
#include "property/shortest_edges.hpp"
#include "solve/conjugate_gradients.hpp"
#include "solve/energy_tensor.hpp"
#include "solve/laplace.hpp"
#include "solve/multigrid.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace lapilli::property {

namespace {

/// Of the smaller diagonal: over weaker ones, aggregation makes the coarse levels blind to the contrast of phases.
constexpr float strong_coupling = 0.1F;

/// What a measurement works with.
struct Task {
    const image::PoreSpace& pores;
    const image::Connectivity& connectivity;
    const DiffusivityOptions& options; ///< conductivities relative to the largest
    parallel::Stopwatch& watch;
    const Progress& progress;
    solve::CycleOptions hierarchy() const { return {.strength = options.conductivity.size() > 1 ? strong_coupling : 0.0F}; }
};

/// What the solver's sums over an image are taken relative to: those of an image all pore.
double sum_without_walls(const image::PoreSpace& pores, Axis axis)
{
    return static_cast<double>(pores.shape().voxels()) * static_cast<double>(pores.edges().weight(axis));
}

solve::SolveReport solve(const Task& task, const solve::LaplaceProblem& problem,
                         solve::Multigrid<solve::LaplaceProblem>& multigrid)
{
    return solve::conjugate_gradients(problem, &multigrid,
                                      {.accuracy = task.options.accuracy,
                                       .residual = task.options.take_concentration ? residual_of_fields : 0,
                                       .max_iterations = task.options.max_iterations},
                                      telling(task.progress, "diffusivity", problem.axis(),
                                              sum_without_walls(problem.pores(), problem.axis()), task.options.accuracy),
                                      task.options.steps.along(problem.axis()));
}

/// Passes on the concentration at the centres of the voxels, for a drop of 1 along the image: the unit gradient down the
/// axis and its correction g, over the length.
void give_concentration(const Task& task, const solve::LaplaceProblem& problem, std::span<const float> g)
{
    if (!task.options.take_concentration) return;
    task.watch.start("fields");
    const auto& pores = problem.pores();
    const Axis axis = problem.axis();
    const auto length = static_cast<double>(pores.shape().along(axis));
    std::vector<float> c(static_cast<std::size_t>(pores.pores()));
    for (const auto& b : pores.owned_bricks())
        brick::for_each_pore(b, [&](int row, int x, int pore) {
            const auto at = static_cast<std::size_t>(b.first + pore);
            const double to_outlet = length - 0.5 - static_cast<double>(pores.coordinate(b, axis, row, x));
            c[at] = static_cast<float>((to_outlet + static_cast<double>(g[at])) / length);
        });
    task.options.take_concentration(axis, pores, c);
    task.watch.start("solve");
}

AxisDiffusivity from_report(const solve::SolveReport& report, const image::PoreSpace& pores, Axis axis)
{
    const double volume = sum_without_walls(pores, axis);
    const double area = volume / static_cast<double>(pores.shape().along(axis));
    return {.percolates = true,
            .converged = report.converged,
            .relative = report.energy / volume,
            .error_estimate = report.error_estimate,
            .error_estimate_by = std::string(solve::name(report.error_estimate_by)),
            .iterations = report.iterations,
            .residual = report.residual,
            .inlet_flux = report.inlet_flux / area,
            .outlet_flux = report.outlet_flux / area};
}

/// Made when the first axis needs it.
using Hierarchy = std::optional<solve::Multigrid<solve::LaplaceProblem>>;

/// The solve along the axis of the problem, or what is remembered of it. Collective.
/// @param g     gets the field
/// @param keep  the field, too, until the run is done
AxisDiffusivity solve_or_recall(const Task& task, const solve::LaplaceProblem& problem, Hierarchy& multigrid,
                                std::vector<float>& g, bool keep)
{
    const auto step = task.options.steps.along(problem.axis());
    const auto field = [&] {
        return std::array{
            parallel::slice_of<float>("g", std::span(g).first(static_cast<std::size_t>(problem.pores().pores())))};
    };
    g = problem.make_field();
    if (const auto known = step.recall(field())) return diffusivity_from(*known);
    g = {};
    if (!multigrid) {
        task.watch.start("setup");
        multigrid.emplace(problem, task.hierarchy());
    }
    task.watch.start("solve");
    auto report = solve(task, problem, *multigrid);
    const auto result = from_report(report, problem.pores(), problem.axis());
    g = std::move(report.g);
    if (keep)
        step.finish(record_of(result), field());
    else
        step.finish(record_of(result));
    return result;
}

AxisDiffusivity measure_sealed(const Task& task, Axis axis)
{
    const bool field_wanted = static_cast<bool>(task.options.take_concentration);
    if (!field_wanted)
        if (const auto known = task.options.steps.along(axis).recall()) return diffusivity_from(*known);
    tell_setup(task.progress, "diffusivity", axis);
    task.watch.start("trim");
    const image::PoreSpace connected(task.pores, image::trim(task.pores, task.connectivity, axis));
    task.watch.start("setup");
    const solve::LaplaceProblem problem(connected, axis, task.options.conductivity);
    Hierarchy multigrid;
    std::vector<float> g;
    const auto result = solve_or_recall(task, problem, multigrid, g, field_wanted);
    give_concentration(task, problem, g);
    return result;
}

/// One hierarchy serves the gradients along all axes. Nothing takes up a gradient along an axis that nothing winds around:
/// rows and columns of such axes are zero.
Tensor measure_periodic(const Task& task, std::array<std::optional<AxisDiffusivity>, 3>& axes)
{
    tell_setup(task.progress, "diffusivity");
    task.watch.start("trim");
    const image::PoreSpace winding(task.pores, image::trim(task.pores, task.connectivity));
    if (winding.total_pores() == 0) return {};
    task.watch.start("setup");
    solve::LaplaceProblem problem(winding, Axis::x, task.options.conductivity);
    Hierarchy multigrid;
    std::array<std::vector<float>, 3> g;
    for (const Axis axis : all_axes) {
        if (!task.connectivity.percolates(axis)) continue;
        problem.turn_to(axis);
        const auto a = static_cast<std::size_t>(axis);
        axes[a] = solve_or_recall(task, problem, multigrid, g[a], true); // the tensor needs all three fields
        give_concentration(task, problem, g[a]);
    }
    auto tensor = solve::energy_tensor(problem, g);
    in_shortest_edges(tensor, task.pores);
    if (task.options.conductivity.size() > 1) // fields are given in float, energies are measured in double
        for (const Axis axis : all_axes)
            if (const auto& along = axes[static_cast<std::size_t>(axis)]; along && along->iterations > 0)
                tensor[static_cast<std::size_t>(axis)][static_cast<std::size_t>(axis)] = along->relative;
    return tensor;
}

/// Takes the diagonal as the values along the axes. @param unit  of the conductivities that `relative` is relative to
DiffusivityTensor with_principal_axes(const Tensor& relative, double unit,
                                      std::array<std::optional<AxisDiffusivity>, 3>& axes)
{
    double noise = 0; // no entry has a larger error than the worst on the diagonal
    for (std::size_t a = 0; a < 3; ++a) {
        axes[a]->relative = relative[a][a];
        noise = std::max(noise, axes[a]->error_estimate * relative[a][a]);
    }
    DiffusivityTensor tensor{.relative = relative, .effective = relative, .principal = principal(relative, noise)};
    for (auto& row : tensor.effective)
        for (auto& value : row) value *= unit;
    return tensor;
}

} // namespace

bool Diffusivity::percolates() const
{
    return std::any_of(axes.begin(), axes.end(), [](const auto& axis) { return axis && axis->percolates; });
}

bool Diffusivity::converged() const
{
    return std::all_of(axes.begin(), axes.end(), [](const auto& axis) { return !axis || axis->converged; });
}

Diffusivity measure_diffusivity(const image::PoreSpace& pores, const image::Connectivity& connectivity, double porosity,
                                const DiffusivityOptions& options, parallel::Stopwatch& watch, const Progress& progress)
{
    const double largest = *std::max_element(options.conductivity.begin(), options.conductivity.end());
    DiffusivityOptions scaled = options;
    for (double& sigma : scaled.conductivity) sigma /= largest;
    const Task task{pores, connectivity, scaled, watch, progress};

    Diffusivity result{.boundary = pores.beyond()};
    if (pores.beyond() == Boundary::periodic) {
        result.axes.fill(AxisDiffusivity{});
        const auto relative = measure_periodic(task, result.axes);
        result.tensor = with_principal_axes(relative, largest, result.axes);
    } else {
        for (const Axis axis : options.axes) {
            auto& along = result.axes[static_cast<std::size_t>(axis)].emplace();
            if (connectivity.percolates(axis)) along = measure_sealed(task, axis); // else an answer: nothing gets through
        }
    }
    for (auto& along : result.axes) {
        if (!along) continue;
        along->effective = along->relative * largest;
        if (!along->percolates || scaled.conductivity.size() > 1) continue;
        along->formation_factor = 1 / along->relative;
        along->tortuosity = porosity / along->relative;
    }
    watch.stop();
    return result;
}

} // namespace lapilli::property
