// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/wall_steps.hpp"
#include "property/diffusivity.hpp"
#include "property/permeability.hpp"

#include <cmath>
#include <functional>
#include <optional>
#include <string>

namespace lapilli::property {

/// A property as solved on one grid, whatever it is, in units of the cells of that grid.
struct GridValue {
    double value = 0;
    bool converged = true;
    double error_estimate = 0; ///< relative, of the solver
    int iterations = 0;
};

struct GridValues {
    PerAxis<std::optional<GridValue>> axes{}; ///< absent: not asked for, or nothing percolates
    std::optional<Tensor> tensor;             ///< periodic images only
    bool converged = true;
};
GridValues grid_values(const Permeability& permeability);
GridValues grid_values(const Diffusivity& diffusivity);

/// What is known of an extrapolation from two grids.
struct Extrapolation {
    double shift = 0;  ///< relative, what it changes
    double narrow = 0; ///< mean chord of the pores along the axis where it is shortest [voxel]
    double open = 0;   ///< part of the sample that is pores
    bool plane = false;

    /// What it changes, relative to what it gives.
    double moved() const { return std::abs(shift) / (1 + shift); }
};

/// What a study of the grid knows of a property that depends on it.
struct GridProperty {
    std::string name;      ///< begins the names of its stages
    double order = 1;      ///< of the error, in the edge of a cell
    double flat_order = 1; ///< the same where walls have no steps (image/wall_steps.hpp)
    /// What extrapolation leaves of the error, relative.
    double (*left)(const Extrapolation& made, const image::Walls& walls) = nullptr;
    double of_two_cells = 1; ///< the value in units of cells half as wide, over that in units of voxels
    double accuracy = 1e-3;  ///< that was asked for
    /// Solves on other pores than the image's own to an accuracy, without giving away its fields. Collective.
    std::function<GridValues(Run&, const image::PoreSpace&, double accuracy)> solve;

    /// On cells half as wide as voxels; values and progress are in units of voxels. Collective.
    GridValues solve_halved(Run& run, const image::PoreSpace& cells, double to_accuracy) const;
};

/// k [voxel²] errs in the first order: seen on sandstone with one, two and three cells per voxel edge. Slits and ducts,
/// whose walls have no steps, err in the second. Extrapolation leaves up to 1.4 / h² in channels with steps, h their mean
/// chord, and 0.75 of the part of the pores that is one voxel wide; in slits and ducts 0.18 / h⁴, or of that part: seen on
/// crosses, bends, stairs, bumps and slants with h from 1 to 3. Around grains and pillars in open pores, lines are longer
/// than throats are wide, and the order lies between the first and the second: there it leaves up to 0.25 of what it changes
/// in a plane, and in space 0.35 times the square of the porosity: seen on pillars, discs, spheres and blobs, porosities
/// from 0.2 to 0.85.
GridProperty grid_property(const PermeabilityOptions& options);

/// D/D0 errs in the order 5/4: between 1.22 and 1.23 was seen on sandstone and spheres with one to four cells per voxel
/// edge. It is the energy of a potential that is singular like r^(2/3) at re-entrant edges, so infinitely fine grids have
/// 4/3. Extrapolation leaves up to a seventh of what it changes: seen on the same channels, with h from 1 to 6.
GridProperty grid_property(const DiffusivityOptions& options);

} // namespace lapilli::property
