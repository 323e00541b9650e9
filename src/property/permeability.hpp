// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/connectivity.hpp"
#include "property/axis_results.hpp"
#include "property/quantity.hpp"
#include "property/run.hpp"
#include "stokes/faces.hpp"
#include "tensor/tensor.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace lapilli::property {

/// One flow field on the pores that percolate, for a pressure that falls by 1 along the image, viscosity 1 and voxels of
/// edge 1; pores in canonical order.
struct FlowField {
    std::vector<float> velocity;      ///< at the centres of the cells, (pores, 3): x, y, z
    std::vector<float> face_velocity; ///< on the lower faces of the cells, (pores, 3); the outlet plane has none
    std::vector<float> speed;         ///< at the centres
    std::vector<float> pressure;      ///< at the centres; sealed: 1 on the inlet plane, 0 on the outlet plane
};
using TakeFlow = std::function<void(Axis, const image::PoreSpace&, const FlowField&)>;
/// Takes its speed and pressure alone, in the same units.
using ShowFlow =
    std::function<void(Axis, const image::PoreSpace&, std::span<const float> speed, std::span<const float> pressure)>;

struct PermeabilityOptions {
    std::vector<Axis> axes{Axis::x, Axis::y, Axis::z};
    stokes::Walls walls = stokes::Walls::weighted;
    /// Of the plane of a two-dimensional image: across it nothing changes, and its faces are no walls to flow in the plane.
    /// Absent: the image has three dimensions.
    std::optional<Axis> normal = {};
    double accuracy = 1e-3; ///< relative, of the permeability on this grid
    int max_iterations = 500;
    double sample_share = 1; ///< of the image: what is outside the sample is no area that something goes through
    /// Gets the field of each axis; then the solve goes on until the residual, too, is below 1e-6.
    TakeFlow take_field = {};
    /// Gets the field of each axis as it is when its value is accurate, to be looked at; not of solves that are recalled.
    ShowFlow show_field = {};
};

/// Flow down a mean pressure gradient along one axis. Sealed: faces of the axis at fixed pressures, no slip on the other
/// four. Periodic: the image repeats. Velocities are those of a unit gradient and viscosity in voxel units, so they have the
/// unit voxel²: the square of the shortest edge, where voxels are no cubes.
struct AxisPermeability {
    bool percolates = false;
    bool converged = true;
    double voxel2 = 0;               ///< k [voxel²], by the energy of the flow
    double error_estimate = 0;       ///< relative, what is left of the solver's error; the grid's is another matter
    std::string error_estimate_by{}; ///< the witness that decided it, see solve/flow_error.hpp; empty: none was needed
    int iterations = 0;
    std::string stopped_because{}; ///< see solve::reason_to_stop; empty: nothing had to be solved
    double momentum_residual = 0;  ///< relative
    double mass_residual = 0;      ///< relative to the drive
    double by_mean_flux = 0;       ///< k [voxel²] by the flux through all cross-sections
    double by_inlet_flux = 0;      ///< sealed only, like the next
    double by_outlet_flux = 0;
    double pore_velocity = 0;                   ///< mean over the pores that take part [voxel²]
    std::optional<double> hydraulic_tortuosity; ///< ⟨|u|⟩/⟨u along the axis⟩; absent where nothing flows

    static constexpr auto quantities()
    {
        using Along = AxisPermeability;
        return std::tuple{
            Quantity{"permeability", "voxel²", "by the energy of the flow, on one cell per voxel", &Along::voxel2, "", "",
                     Where::value},
            Quantity{"percolates", "", "pores connect the faces of the axis, or wind around a periodic image",
                     &Along::percolates},
            Quantity{"converged", "", "the solve has reached its accuracy", &Along::converged, "permeability_converged"},
            Quantity{"solver_error_estimate", "1", "what the solver leaves of an error, relative", &Along::error_estimate,
                     "permeability_solver_error_estimate"},
            Quantity{"error_estimate_by", "", "what that rests on", &Along::error_estimate_by},
            Quantity{"iterations", "", "of the solver", &Along::iterations, "permeability_iterations"},
            Quantity{"stopped_because", "", "why the solver stopped", &Along::stopped_because},
            Quantity{"momentum_residual", "1", "of the last flow, relative", &Along::momentum_residual},
            Quantity{"mass_residual", "1", "of the last flow, relative to its drive", &Along::mass_residual},
            Quantity{"permeability_voxel2_by_mean_flux", "voxel²", "by the flux through all cross-sections",
                     &Along::by_mean_flux},
            Quantity{"mean_pore_velocity_voxel2", "voxel²",
                     "along the axis in the pores that take part, for a unit gradient and viscosity", &Along::pore_velocity},
            Quantity{"hydraulic_tortuosity", "1", "mean speed over mean velocity along the axis",
                     &Along::hydraulic_tortuosity, "hydraulic_tortuosity", "tortuosity"},
            Quantity{"permeability_voxel2_by_inlet_flux", "voxel²", "by the flux through the inlet face alone",
                     &Along::by_inlet_flux, "", "", Where::axis},
            Quantity{"permeability_voxel2_by_outlet_flux", "voxel²", "by the flux through the outlet face alone",
                     &Along::by_outlet_flux, "", "", Where::axis},
        };
    }
};

/// Rows and columns of axes that nothing winds around are zero.
struct PermeabilityTensor {
    Tensor voxel2 = Tensor::Zero(); ///< k [voxel²]
    Principal principal;
};

struct Permeability : AxisResults<AxisPermeability> {
    stokes::Walls walls = stokes::Walls::weighted;
    std::optional<Axis> normal;               ///< as in the options
    std::optional<PermeabilityTensor> tensor; ///< periodic images only
};

/// Creeping flow through the pores that connect the two faces of each axis, or that wind around a periodic image.
/// Collective; the same bits on any number of ranks.
Permeability measure_permeability(Run& run, const image::PoreSpace& pores, const image::Connectivity& connectivity,
                                  const PermeabilityOptions& options);

} // namespace lapilli::property
