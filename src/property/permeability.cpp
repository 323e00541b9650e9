// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/permeability.hpp"

#include "core/error.hpp"
#include "property/along_axes.hpp"
#include "property/unit_fall.hpp"
#include "solve/stokes_solver.hpp"

#include <cmath>

namespace lapilli::property {

namespace {

/// From the solver's velocities, which are those of a mean gradient of 1 a voxel, in edges along them.
Float4 scale_of(const solve::StokesProblem& problem)
{
    const auto& pores = problem.grid().pores();
    const double length = pores.shape().along(problem.axis());
    Float4 scale{};
    for (const Axis axis : all_axes) scale[index(axis)] = static_cast<float>(pores.edges().along(axis) / length);
    return scale;
}

float speed_of(Float4 v) { return std::sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]); }

std::vector<float> pressure_of(const solve::StokesProblem& problem, const std::vector<Float4>& x)
{
    return with_unit_fall(problem.grid().pores(), problem.axis(), [&](std::int32_t pore) { return x[pore][3]; });
}

/// The mean of the fluxes through opposite faces at the centres, and the pressure with its mean fall.
FlowField field_of(const solve::StokesProblem& problem, std::vector<Float4>& x)
{
    const std::size_t count = problem.grid().pores().pores();
    FlowField field{std::vector<float>(3 * count), std::vector<float>(3 * count), std::vector<float>(count), {}};
    const Float4 scale = scale_of(problem);
    problem.for_each_brick_of_centres(x, [&](std::size_t first, std::int32_t pores, auto&& centre_of) {
        for (std::int32_t i = 0; i < pores; ++i) {
            const std::size_t pore = first + i;
            auto [centre, faces] = centre_of(i);
            centre *= scale;
            faces *= scale;
            for (int lane = 0; lane < 3; ++lane) {
                field.velocity[3 * pore + lane] = centre[lane];
                field.face_velocity[3 * pore + lane] = faces[lane];
            }
            field.speed[pore] = speed_of(centre);
        }
    });
    field.pressure = pressure_of(problem, x);
    return field;
}

std::vector<float> speeds_of(const solve::StokesProblem& problem, std::vector<Float4>& x)
{
    std::vector<float> speed(problem.grid().pores().pores());
    const Float4 scale = scale_of(problem);
    problem.for_each_brick_of_centres(x, [&](std::size_t first, std::int32_t pores, auto&& centre_of) {
        for (std::int32_t i = 0; i < pores; ++i) speed[first + i] = speed_of(centre_of(i).mean * scale);
    });
    return speed;
}

/// Creeping flow, as along_axes wants it.
class Stokes {
public:
    using Options = PermeabilityOptions;
    using Along = AxisPermeability;
    using Field = std::vector<Float4>;
    static constexpr StageNames names{
        .property = "permeability", .setup = "permeability_setup", .solve = "permeability_solve"};

    Stokes(const Options& options, const image::PoreSpace& pores, Axis axis) : options_(options)
    {
        make_problem(pores, axis);
    }

    void turn_to(Axis axis)
    {
        if (pores().beyond() == Boundary::periodic) {
            problem_->turn_to(axis);
            if (preconditioner_) preconditioner_->turn_to(axis);
        } else {
            preconditioner_.reset();
            make_problem(pores(), axis); // its outlets are cells of the grid
        }
    }
    Field make_field() const { return grid_->make_field<Float4>(); }
    std::vector<parallel::Slice> slices(Field& x) const { return solve::slices_of(*grid_, x); }
    double sum_without_walls() const { return options_.sample_share * pores().shape().voxels() / (edge() * edge()); }

    bool has_solver() const { return preconditioner_.has_value(); }
    void make_solver() { preconditioner_.emplace(*problem_); }

    Along solve(const solve::StoppingRule& rule, const solve::Observer& observe, const Step& step, Field& x)
    {
        auto report = solve::solve_stokes(*problem_, *preconditioner_, rule, observe, step);
        x = std::move(report.x);
        const double volume = sum_without_walls(), area = volume / pores().shape().along(problem_->axis());
        const auto& flow = report.flow;
        Along result{.percolates = true,
                     .converged = report.converged,
                     .voxel2 = report.conductance / volume,
                     .error_estimate = report.error.relative,
                     .error_estimate_by = std::string(solve::name(report.error.by)),
                     .iterations = report.iterations,
                     .stopped_because = std::string(solve::reason_to_stop(report.converged, report.iterations, rule)),
                     .momentum_residual = report.momentum_residual,
                     .mass_residual = report.mass_residual,
                     .by_mean_flux = flow.mean_flux / volume,
                     .by_inlet_flux = flow.inlet_flux / area,
                     .by_outlet_flux = flow.outlet_flux / area,
                     .pore_velocity = edge() * flow.along_axis / pores().total_pores()};
        if (flow.along_axis > 0) result.hydraulic_tortuosity = flow.speed / flow.along_axis;
        return result;
    }

    void give(Field& x) const { options_.take_field(problem_->axis(), pores(), field_of(*problem_, x)); }
    void show(Field& x) const
    {
        options_.show_field(problem_->axis(), pores(), speeds_of(*problem_, x), pressure_of(*problem_, x));
    }

    Tensor tensor(PerAxis<Field>& x) { return solve::conductance_tensor(*problem_, x); }

private:
    void make_problem(const image::PoreSpace& pores, Axis axis)
    {
        const bool faces = pores.beyond() == Boundary::sealed;
        grid_.emplace(pores, faces ? std::optional(axis) : std::nullopt,
                      faces && options_.normal != axis ? options_.normal : std::nullopt);
        problem_.emplace(*grid_, axis, options_.walls);
    }
    const image::PoreSpace& pores() const { return grid_->pores(); }
    double edge() const { return pores().edges().along(problem_->axis()); }

    const Options& options_;
    std::optional<solve::StaggeredGrid> grid_;
    std::optional<solve::StokesProblem> problem_;
    std::optional<solve::StokesPreconditioner> preconditioner_;
};

} // namespace

Permeability measure_permeability(Run& run, const image::PoreSpace& pores, const image::Connectivity& connectivity,
                                  const PermeabilityOptions& options)
{
    if (pores.beyond() == Boundary::periodic && pores.total_pores() == pores.shape().voxels())
        throw input_error(
            "the image has no walls, so nothing resists the flow; expected solid voxels as well; check --pore, or "
            "use --boundary sealed");
    auto [along_each, voxel2] = along_axes<Stokes>(run, pores, connectivity, options);
    Permeability result{std::move(along_each), options.walls, options.normal, {}};
    if (!voxel2) return result;
    result.tensor = PermeabilityTensor{*voxel2, principal(*voxel2)};
    for (const Axis axis : all_axes) result.axes[axis]->voxel2 = (*voxel2)(index(axis), index(axis));
    return result;
}

} // namespace lapilli::property
