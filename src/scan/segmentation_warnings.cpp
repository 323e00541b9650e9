// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scan/segment.hpp"

#include <fmt/format.h>

namespace lapilli::scan {

namespace {

using Warnings = std::vector<std::string>;

void add_noise(const Segmentation& s, Warnings& warnings)
{
    if (!s.contrast_over_noise || *s.contrast_over_noise >= Segmentation::little_contrast) return;
    const bool smoothed = s.recipe.denoise == Denoise::gauss || s.recipe.denoise == Denoise::median27;
    warnings.push_back(
        fmt::format("the contrast is only {:.1f} times the noise, and below {:.0f} the noise shows in the labels; {}",
                    *s.contrast_over_noise, Segmentation::little_contrast,
                    smoothed ? "scan longer, or bin the voxels of the scan"
                             : "take --denoise gauss or --denoise median27, which suit it better"));
}

/// Thresholds beyond all grey values, so that a class is empty.
void add_empty_sides(const Segmentation& s, Warnings& warnings)
{
    const auto add = [&](double threshold, const char* side) {
        warnings.push_back(
            fmt::format("no voxel is {} the threshold {}: the grey values are from {:.6g} to {:.6g}{}; expected "
                        "a threshold between these; otsu finds one",
                        side, threshold, s.values.least, s.values.largest,
                        s.recipe.denoise == Denoise::none ? "" : " after the filter"));
    };
    if (s.thresholds.front() <= s.values.least) add(s.thresholds.front(), "below");
    if (s.thresholds.back() > s.values.largest) add(s.thresholds.back(), "at or above");
}

/// Values so far from the others that these have few levels.
void add_few_levels(const Segmentation& s, Warnings& warnings)
{
    if (!s.contrast || *s.contrast >= Segmentation::few_levels * s.level_step) return;
    warnings.push_back(fmt::format("grey values are told apart by {:.3g}, which is more than 1/{:.0f} of the contrast of "
                                   "{:.3g}, because some lie far from the others; give these a value nearer to the others",
                                   s.level_step, Segmentation::few_levels, *s.contrast));
}

} // namespace

std::vector<std::string> warnings_of(const Segmentation& segmentation)
{
    Warnings warnings;
    add_noise(segmentation, warnings);
    add_empty_sides(segmentation, warnings);
    add_few_levels(segmentation, warnings);
    return warnings;
}

} // namespace lapilli::scan
