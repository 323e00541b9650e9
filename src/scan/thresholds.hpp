// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "scan/cross_section.hpp"
#include "scan/grey_image.hpp"
#include "scan/recipe.hpp"
#include "segmentation/histogram.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace lapilli::scan {

using segmentation::Class;
using segmentation::Histogram;
using Cuts = std::vector<std::int32_t>; ///< ascending; levels below the first one are of the darkest class

/// Voxels of the sample by level. Collective.
Histogram histogram_of(const parallel::Communicator& comm, const GreyImage& grey, const CrossSection& section);

/// The noise of the sample, in levels. Collective.
double noise_of(const parallel::Communicator& comm, const GreyImage& grey, const CrossSection& section);

/// @throws Error fewer grey levels than classes
Cuts otsu_cuts(const Histogram& histogram, int classes, const GreyImage& grey);

/// The least difference between the means of two neighbouring classes [level]; absent: one is empty.
std::optional<double> contrast_of(const std::vector<Class>& classes);

/// Where the levels are cut into classes.
struct Thresholds {
    Cuts cuts;                  ///< of a hysteresis both thresholds
    Cuts parting;               ///< those between classes: of a hysteresis the loose one
    std::vector<Class> classes; ///< the darkest first
    std::int32_t step = 1;      ///< by which thresholds may be off: 1/64 of the contrast, or one level

    Thresholds(const Recipe& recipe, const Histogram& histogram, const GreyImage& grey);
    /// All cuts moved by so many steps.
    Cuts moved(int steps) const;
    /// In values of the file; those of the user are as they were given.
    std::vector<double> values(const Threshold& rule, const LevelMap& map) const;
};

} // namespace lapilli::scan
