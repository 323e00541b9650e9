// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/grid_property.hpp"
#include "property/quantity.hpp"
#include "property/resolution.hpp"

#include <optional>
#include <string>

namespace lapilli::report {

/// What a number to quote was made by.
enum class MadeBy { one_cell_per_voxel, two_grid, blocks, percolation };
const char* name(MadeBy made_by);

/// How far a number may be off, by source: relative, side by side, never summed; absent: not measured.
struct Parts {
    std::optional<double> solver;       ///< at most, by its estimates
    std::optional<double> grid;         ///< of the correction: its standard error by the blocks, and what it leaves
    std::optional<double> sample;       ///< standard error of the blocks' mean value
    std::optional<double> segmentation; ///< half a voxel more or less of pores on every side

    static constexpr auto quantities()
    {
        using property::Quantity;
        return std::tuple{
            Quantity{"solver", "1", "what the solver leaves, at most", &Parts::solver, "{}_summary_solver", "solver"},
            Quantity{"grid", "1", "what the correction for the grid leaves open", &Parts::grid, "{}_summary_grid", "grid"},
            Quantity{"sample", "1", "how far another piece of the material may differ: standard error of the blocks' mean",
                     &Parts::sample, "{}_summary_sample", "sample"},
            Quantity{"segmentation", "1", "what half a voxel more or less of pores on every side changes",
                     &Parts::segmentation, "{}_summary_segmentation", "segm."},
        };
    }
};

/// The number to quote of a property along an axis: corrected for the grid where that was measured, else as solved.
struct Quote {
    double value = 0; ///< D/D0, or k [voxel²]
    Parts parts;
    std::optional<double> grid_shift; ///< relative, what the correction has changed; absent: not corrected
    MadeBy made_by = MadeBy::one_cell_per_voxel;
    bool converged = true;
    std::string note; ///< why what was measured of the grid has not corrected it; else empty

    static constexpr auto quantities()
    {
        using property::Quantity;
        return std::tuple{
            Quantity{"made_by", "", "what the value was made by", [](const Quote& quote) { return name(quote.made_by); },
                     "{}_summary_made_by"},
            Quantity{"grid_shift", "1", "what the correction for the grid has changed, relative", &Quote::grid_shift,
                     "{}_summary_grid_shift"},
            Quantity{"converged", "", "all solves that it rests on have reached their accuracy", &Quote::converged},
            Quantity{"note", "", "why what was measured of the grid has not corrected it", &Quote::note, "{}_summary_note"},
        };
    }
};

struct Summary {
    PerAxis<std::optional<Quote>> axes{}; ///< absent: not asked for
    /// Of a periodic image, with the quotes on its diagonal; off it corrected by the geometric mean of the corrections of
    /// both axes, or extrapolated itself.
    std::optional<Tensor> tensor;
    bool one_phase = true;  ///< conducts, so that formation factor and tortuosity are defined
    bool corrected() const; ///< any of the axes
};

/// What is to be quoted of a property.
Summary summary_of(const property::Diffusivity& d, const std::optional<property::Resolution>& grid);
Summary summary_of(const property::Permeability& k, const std::optional<property::Resolution>& grid);

} // namespace lapilli::report
