// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scan/segment.hpp"

#include <fmt/format.h>

namespace lapilli::scan {

std::string noise_warning(const Segmentation& s)
{
    if (!s.contrast_over_noise || *s.contrast_over_noise >= Segmentation::little_contrast) return {};
    const bool smoothed = s.recipe.denoise == Denoise::gauss || s.recipe.denoise == Denoise::median27;
    return fmt::format("the contrast is only {:.1f} times the noise, and below {:.0f} the noise shows in the labels; {}",
                       *s.contrast_over_noise, Segmentation::little_contrast,
                       smoothed ? "scan longer, or bin the voxels of the scan"
                                : "take --denoise gauss or --denoise median27, which suit it better");
}

} // namespace lapilli::scan
