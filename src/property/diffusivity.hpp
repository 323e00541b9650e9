// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/connectivity.hpp"
#include "property/axis_results.hpp"
#include "property/quantity.hpp"
#include "property/run.hpp"
#include "tensor/tensor.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace lapilli::property {

/// Takes the concentration of each owned pore of those that percolate along `axis`, in canonical order. Called on all ranks.
using TakeConcentration = std::function<void(Axis axis, const image::PoreSpace& percolating, std::span<const float>)>;

struct DiffusivityOptions {
    std::vector<Axis> axes{Axis::x, Axis::y, Axis::z}; ///< of sealed images; periodic ones are solved along all three
    std::vector<double> conductivity{1.0};             ///< of phases 1, 2, ...; any unit
    double accuracy = 1e-4;                            ///< relative, of the diffusivity
    int max_iterations = 500;
    double sample_share = 1; ///< of the image: what is outside the sample is no area that something goes through
    /// Gets the field of each axis; then the solve goes on until the residual, too, is below 1e-6. sealed: 1 on the inlet
    /// face, 0 on the outlet face. periodic: the same mean gradient, up to a constant of each cluster.
    TakeConcentration take_field = {};
    /// Gets the field of each axis as it is when its value is accurate, to be looked at; not of solves that are recalled.
    TakeConcentration show_field = {};
};

/// Effective diffusivity along one axis. sealed: faces of the axis at fixed concentrations, the other four sealed. periodic:
/// the diagonal of the tensor, and the solve for a mean gradient along the axis.
struct AxisDiffusivity {
    bool percolates = false;
    bool converged = true;
    double effective = 0;                   ///< in the unit of the conductivities
    double relative = 0;                    ///< D/D0, to the largest conductivity
    std::optional<double> formation_factor; ///< D0/D; absent unless it percolates and exactly one phase conducts
    std::optional<double> tortuosity;       ///< φ D0/D with the total porosity
    double error_estimate = 0;              ///< relative, what is left of the solver's error
    std::string error_estimate_by{};        ///< what it rests on, see solve::ErrorWitness; empty: nothing had to be solved
    int iterations = 0;
    std::string stopped_because{}; ///< see solve::reason_to_stop; empty: nothing had to be solved
    double residual = 0;           ///< relative
    double inlet_flux = 0;         ///< D/D0 by the flux through the inlet face alone; sealed images only
    double outlet_flux = 0;

    static constexpr auto quantities()
    {
        using Along = AxisDiffusivity;
        return std::tuple{
            Quantity{"percolates", "", "pores connect the faces of the axis, or wind around a periodic image",
                     &Along::percolates},
            Quantity{"converged", "", "the solve has reached its accuracy", &Along::converged, "diffusivity_converged"},
            Quantity{"relative", "1", "effective diffusivity, D/D0, on one cell per voxel", &Along::relative, "", "",
                     Where::value},
            Quantity{"effective", "of the conductivities", "effective diffusivity, on one cell per voxel", &Along::effective,
                     "diffusivity_effective", "", Where::axis},
            Quantity{"formation_factor", "1", "D0/D, where one phase conducts", &Along::formation_factor, "formation_factor",
                     "F", Where::key},
            Quantity{"tortuosity", "1", "porosity times D0/D, where one phase conducts", &Along::tortuosity, "tortuosity",
                     "tortuosity", Where::key},
            Quantity{"solver_error_estimate", "1", "what the solver leaves of an error, relative", &Along::error_estimate,
                     "diffusivity_solver_error_estimate"},
            Quantity{"error_estimate_by", "", "what that rests on", &Along::error_estimate_by},
            Quantity{"iterations", "", "of the solver", &Along::iterations, "diffusivity_iterations"},
            Quantity{"stopped_because", "", "why the solver stopped", &Along::stopped_because},
            Quantity{"residual", "1", "of the last field, relative", &Along::residual},
            Quantity{"relative_by_inlet_flux", "1", "D/D0 by the flux through the inlet face alone", &Along::inlet_flux, "",
                     "", Where::axis},
            Quantity{"relative_by_outlet_flux", "1", "D/D0 by the flux through the outlet face alone", &Along::outlet_flux,
                     "", "", Where::axis},
        };
    }
};

/// Of a periodic image: mean flux = - tensor · mean gradient.
struct DiffusivityTensor {
    Tensor relative = Tensor::Zero();  ///< D/D0, to the largest conductivity
    Tensor effective = Tensor::Zero(); ///< in the unit of the conductivities
    Principal principal;               ///< of `relative`
};

struct Diffusivity : AxisResults<AxisDiffusivity> {
    std::optional<DiffusivityTensor> tensor; ///< periodic images only
};

/// ∇·(σ∇c) = 0 on the pores that percolate: that connect the two faces of each axis, or that wind around a periodic image.
/// Collective; the same bits on any number of ranks.
/// @param porosity  total, for the tortuosity
Diffusivity measure_diffusivity(Run& run, const image::PoreSpace& pores, const image::Connectivity& connectivity,
                                double porosity, const DiffusivityOptions& options);

} // namespace lapilli::property
