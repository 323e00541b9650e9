// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/diffusivity.hpp"

#include "property/remaining_time.hpp"
#include "solve/conjugate_gradients.hpp"
#include "solve/energy_tensor.hpp"
#include "solve/laplace.hpp"
#include "solve/multigrid.hpp"

#include <algorithm>

namespace lapilli::property {

namespace {

constexpr float strong_coupling =
    0.25F; // aggregation over weaker ones makes the coarse levels blind to the contrast of phases

/// What a measurement works with.
struct Task {
    const image::PoreSpace& pores;
    const image::Connectivity& connectivity;
    const DiffusivityOptions& options; ///< conductivities relative to the largest
    parallel::Stopwatch& watch;
    const Progress& progress;
    solve::CycleOptions hierarchy() const { return {.strength = options.conductivity.size() > 1 ? strong_coupling : 0.0F}; }
};

solve::SolveReport solve(const Task& task, const solve::LaplaceProblem& problem,
                         solve::Multigrid<solve::LaplaceProblem>& multigrid)
{
    const auto volume = static_cast<double>(problem.pores().shape().voxels());
    return solve::conjugate_gradients(problem, &multigrid,
                                      {.accuracy = task.options.accuracy,
                                       .residual = task.options.take_concentration ? residual_of_fields : 0,
                                       .max_iterations = task.options.max_iterations},
                                      telling(task.progress, "diffusivity", problem.axis(), volume, task.options.accuracy));
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

AxisDiffusivity from_report(const solve::SolveReport& report)
{
    return {.percolates = true,
            .converged = report.converged,
            .error_estimate = report.error_estimate,
            .iterations = report.iterations,
            .residual = report.residual};
}

AxisDiffusivity measure_sealed(const Task& task, Axis axis)
{
    const auto& shape = task.pores.shape();
    task.watch.start("trim");
    const image::PoreSpace connected(task.pores.comm(), shape, image::trim(task.pores, task.connectivity, axis));
    task.watch.start("setup");
    const solve::LaplaceProblem problem(connected, axis, task.options.conductivity);
    solve::Multigrid<solve::LaplaceProblem> multigrid(problem, task.hierarchy());
    task.watch.start("solve");
    const auto report = solve(task, problem, multigrid);
    give_concentration(task, problem, report.g);

    const auto volume = static_cast<double>(shape.voxels());
    const double area = volume / static_cast<double>(shape.along(axis));
    auto result = from_report(report);
    result.relative = report.energy / volume;
    result.inlet_flux = report.inlet_flux / area;
    result.outlet_flux = report.outlet_flux / area;
    return result;
}

/// One hierarchy serves the gradients along all axes. Nothing takes up a gradient along an axis that nothing winds around:
/// rows and columns of such axes are zero.
Tensor measure_periodic(const Task& task, std::array<std::optional<AxisDiffusivity>, 3>& axes)
{
    task.watch.start("trim");
    const image::PoreSpace winding(task.pores.comm(), task.pores.shape(), image::trim(task.pores, task.connectivity),
                                   Boundary::periodic);
    if (winding.total_pores() == 0) return {};
    task.watch.start("setup");
    solve::LaplaceProblem problem(winding, Axis::x, task.options.conductivity);
    solve::Multigrid<solve::LaplaceProblem> multigrid(problem, task.hierarchy());
    task.watch.start("solve");
    std::array<std::vector<float>, 3> g;
    for (const Axis axis : all_axes) {
        if (!task.connectivity.percolates(axis)) continue;
        problem.turn_to(axis);
        auto report = solve(task, problem, multigrid);
        give_concentration(task, problem, report.g);
        axes[static_cast<std::size_t>(axis)] = from_report(report);
        g[static_cast<std::size_t>(axis)] = std::move(report.g);
    }
    auto tensor = solve::energy_tensor(problem, g);
    for (auto& row : tensor)
        for (auto& value : row) value /= static_cast<double>(task.pores.shape().voxels());
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
