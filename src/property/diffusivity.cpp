// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/diffusivity.hpp"

#include "property/remaining_time.hpp"
#include "solve/conjugate_gradients.hpp"
#include "solve/laplace.hpp"
#include "solve/multigrid.hpp"

#include <algorithm>

namespace lapilli::property {

namespace {

constexpr float strong_coupling =
    0.25F; // aggregation over weaker ones makes the coarse levels blind to the contrast of phases

AxisDiffusivity solve_axis(const image::PoreSpace& connected, Axis axis, const std::vector<double>& conductivity,
                           const DiffusivityOptions& options, parallel::Stopwatch& watch, const Progress& progress)
{
    const bool several = conductivity.size() > 1;
    const double volume = static_cast<double>(connected.shape().voxels());
    const double area = volume / static_cast<double>(connected.shape().along(axis));

    watch.start("setup");
    const solve::LaplaceProblem problem(connected, axis, conductivity);
    solve::Multigrid<solve::LaplaceProblem> multigrid(problem, {.strength = several ? strong_coupling : 0.0F});

    watch.start("solve");
    RemainingTime remaining(options.accuracy);
    const auto report = solve::conjugate_gradients(
        problem, &multigrid, {.accuracy = options.accuracy, .max_iterations = options.max_iterations},
        [&](const solve::SolveState& state) {
            const double value = state.energy / volume;
            if (progress)
                progress({"diffusivity", axis, state.iteration, state.residual, value, value * state.error_estimate,
                          remaining.after(state)});
        });
    AxisDiffusivity result;
    result.percolates = true;
    result.converged = report.converged;
    result.relative = report.energy / volume;
    result.error_estimate = report.error_estimate;
    result.iterations = report.iterations;
    result.residual = report.residual;
    result.inlet_flux = report.inlet_flux / area;
    result.outlet_flux = report.outlet_flux / area;
    return result;
}

} // namespace

bool Diffusivity::converged() const
{
    return std::all_of(axes.begin(), axes.end(), [](const auto& axis) { return !axis || axis->converged; });
}

Diffusivity measure_diffusivity(const image::PoreSpace& pores, const image::Connectivity& connectivity, double porosity,
                                const DiffusivityOptions& options, parallel::Stopwatch& watch, const Progress& progress)
{
    const double largest = *std::max_element(options.conductivity.begin(), options.conductivity.end());
    std::vector<double> relative;
    for (const double sigma : options.conductivity) relative.push_back(sigma / largest);

    Diffusivity result;
    for (const Axis axis : options.axes) {
        auto& along = result.axes[static_cast<std::size_t>(axis)].emplace();
        if (connectivity.percolating[static_cast<std::size_t>(axis)] == 0) continue; // an answer: nothing gets through
        watch.start("trim");
        const image::PoreSpace connected(pores.comm(), pores.shape(), image::trim(pores, connectivity, axis));
        along = solve_axis(connected, axis, relative, options, watch, progress);
        along.effective = along.relative * largest;
        if (relative.size() == 1) {
            along.formation_factor = 1 / along.relative;
            along.tortuosity = porosity / along.relative;
        }
    }
    watch.stop();
    return result;
}

} // namespace lapilli::property
