// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/drainage.hpp"
#include "property/grid_property.hpp"
#include "property/run.hpp"

#include <optional>

namespace lapilli::property {

struct RelativeOptions {
    int stages = 0; ///< saturations
    std::optional<DiffusivityOptions> diffusivity;
    std::optional<PermeabilityOptions> permeability;
    PerAxis<std::optional<double>> dry_diffusivity{}, dry_permeability{}; ///< through all pores, where they are known
};

/// Drains a sealed image along its axes, and solves at some saturations for transport through each of both fluids, over that
/// through all pores on the same grid. The interface between the fluids stands still: nothing passes it, and flow does not
/// slip on it. Collective; the same bits on any number of ranks.
Drainage measure_relative_transport(Run& run, const image::PoreSpace& pores, const morphology::Weights& weights,
                                    DrainageOptions drainage, const RelativeOptions& options);

} // namespace lapilli::property
