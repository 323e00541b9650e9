// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/diffusivity.hpp"

#include "property/along_axes.hpp"
#include "property/unit_fall.hpp"
#include "solve/conjugate_gradients.hpp"
#include "solve/energy_tensor.hpp"
#include "solve/laplace.hpp"
#include "solve/multigrid.hpp"

#include <algorithm>

namespace lapilli::property {

namespace {

/// Of the smaller diagonal: over weaker ones, aggregation makes the coarse levels blind to the contrast of phases.
constexpr float strong_coupling = 0.1F;

/// ∇·(σ∇c) = 0, as along_axes wants it.
class Laplace {
public:
    using Options = DiffusivityOptions; ///< conductivities relative to the largest
    using Along = AxisDiffusivity;
    using Field = std::vector<float>;
    static constexpr StageNames names{.property = "diffusivity", .setup = "diffusivity_setup", .solve = "diffusivity_solve"};

    Laplace(const Options& options, const image::PoreSpace& pores, Axis axis)
        : options_(options), problem_(pores, axis, options.conductivity)
    {
    }

    void turn_to(Axis axis)
    {
        problem_.turn_to(axis);
        if (!multigrid_ || pores().beyond() == Boundary::periodic) return;
        if (several_phases())
            multigrid_.reset(); // its aggregates depend on the fixed values
        else
            multigrid_->renew_fixed();
    }
    Field make_field() const { return problem_.make_field(); }
    std::vector<parallel::Slice> slices(Field& g) const
    {
        return {parallel::slice_of<float>("g", std::span(g).first(pores().pores()))};
    }
    double sum_without_walls() const
    {
        const double voxels = options_.sample_share * pores().shape().voxels();
        return voxels * pores().edges().weight(problem_.axis());
    }

    bool has_solver() const { return multigrid_.has_value(); }
    void make_solver()
    {
        const float strength = several_phases() ? strong_coupling : 0;
        multigrid_.emplace(problem_, solve::CycleOptions{.strength = strength});
    }

    Along solve(const solve::StoppingRule& rule, const solve::Observer& observe, const Step& step, Field& g)
    {
        auto report = solve::conjugate_gradients(problem_, &*multigrid_, rule, observe, step);
        g = std::move(report.g);
        const double volume = sum_without_walls(), area = volume / pores().shape().along(problem_.axis());
        return {.percolates = true,
                .converged = report.converged,
                .relative = report.energy / volume,
                .error_estimate = report.error_estimate,
                .error_estimate_by = std::string(solve::name(report.error_estimate_by)),
                .iterations = report.iterations,
                .stopped_because = std::string(solve::reason_to_stop(report.converged, report.iterations, rule)),
                .residual = report.residual,
                .inlet_flux = report.inlet_flux / area,
                .outlet_flux = report.outlet_flux / area};
    }

    void give(const Field& g) const { options_.take_field(problem_.axis(), pores(), concentration(g)); }
    void show(const Field& g) const { options_.show_field(problem_.axis(), pores(), concentration(g)); }

    Tensor tensor(PerAxis<Field>& g) { return solve::energy_tensor(problem_, g); }

private:
    bool several_phases() const { return options_.conductivity.size() > 1; }
    const image::PoreSpace& pores() const { return problem_.pores(); }
    std::vector<float> concentration(const Field& g) const
    {
        return with_unit_fall(pores(), problem_.axis(), [&](std::int32_t pore) { return g[pore]; });
    }

    const Options& options_;
    solve::LaplaceProblem problem_;
    std::optional<solve::Multigrid<solve::LaplaceProblem>> multigrid_;
};

/// Takes the diagonal as the values along the axes. @param unit  of the conductivities that `relative` is relative to
DiffusivityTensor with_principal_axes(const Tensor& relative, double unit, PerAxis<std::optional<AxisDiffusivity>>& axes)
{
    double noise = 0; // no entry has a larger error than the worst on the diagonal
    for (const Axis axis : all_axes) {
        const int a = index(axis);
        axes[axis]->relative = relative(a, a);
        noise = std::max(noise, axes[axis]->error_estimate * relative(a, a));
    }
    return {.relative = relative, .effective = relative * unit, .principal = principal(relative, noise)};
}

} // namespace

Diffusivity measure_diffusivity(Run& run, const image::PoreSpace& pores, const image::Connectivity& connectivity,
                                double porosity, const DiffusivityOptions& options)
{
    const double largest = *std::max_element(options.conductivity.begin(), options.conductivity.end());
    DiffusivityOptions scaled = options;
    for (double& sigma : scaled.conductivity) sigma /= largest;
    const bool several_phases = scaled.conductivity.size() > 1;

    auto [along_each, relative] = along_axes<Laplace>(run, pores, connectivity, scaled);
    Diffusivity result{std::move(along_each)};
    if (relative && several_phases) // fields are given in float, energies are measured in double
        for (const Axis axis : all_axes)
            if (const auto& along = *result.axes[axis]; along.iterations > 0)
                (*relative)(index(axis), index(axis)) = along.relative;
    if (relative) result.tensor = with_principal_axes(*relative, largest, result.axes);
    for (auto& along : result.axes) {
        if (!along) continue;
        along->effective = along->relative * largest;
        if (!along->percolates || several_phases) continue;
        along->formation_factor = 1 / along->relative;
        along->tortuosity = porosity / along->relative;
    }
    return result;
}

} // namespace lapilli::property
