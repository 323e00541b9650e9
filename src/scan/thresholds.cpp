// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scan/thresholds.hpp"

#include "core/error.hpp"
#include "segmentation/otsu.hpp"

#include <algorithm>
#include <cmath>

namespace lapilli::scan {

namespace {

/// Calls visit(voxels) for the voxels of each row that are inside.
template <class Visit>
void for_each_row(const GreyImage& grey, const CrossSection& section, Visit&& visit)
{
    for (auto z = grey.planes.first; z < grey.planes.last; ++z)
        section.for_each_row([&](auto first, auto count) { visit(grey.plane(z).subspan(first, count)); });
}

/// Where the levels are cut; a hysteresis has its two thresholds.
Cuts cuts_of(const Threshold& threshold, const Histogram& histogram, const GreyImage& grey)
{
    if (const auto* otsu = std::get_if<Otsu>(&threshold)) return otsu_cuts(histogram, otsu->classes, grey);
    Cuts cuts;
    for (const double value : given_values(threshold)) cuts.push_back(grey.map.cut(value));
    return cuts;
}

/// The cuts that part the classes; of a hysteresis the loose one.
Cuts between_classes(const Recipe& recipe, const Cuts& cuts)
{
    if (!std::holds_alternative<Hysteresis>(recipe.threshold)) return cuts;
    return {recipe.bright_pores ? cuts.front() : cuts.back()};
}

} // namespace

Histogram histogram_of(const parallel::Communicator& comm, const GreyImage& grey, const CrossSection& section)
{
    Histogram histogram(segmentation::levels);
    for_each_row(grey, section, [&](auto row) { segmentation::count(row, histogram); });
    comm.sum(histogram);
    return histogram;
}

double noise_of(const parallel::Communicator& comm, const GreyImage& grey, const CrossSection& section)
{
    Histogram steps(segmentation::levels);
    for_each_row(grey, section, [&](auto row) { segmentation::count_steps(row, std::ssize(row), steps); });
    comm.sum(steps);
    return segmentation::noise_of(steps);
}

Cuts otsu_cuts(const Histogram& histogram, int classes, const GreyImage& grey)
{
    const auto different = std::ranges::count_if(histogram, [](auto voxels) { return voxels > 0; });
    if (different < classes)
        throw input_error("{} has {} different grey values, too few for {} classes; expected a grey image; name the labels "
                          "of its pores with --pore if it is segmented already",
                          grey.description.path, different, classes);
    return segmentation::otsu(histogram, classes);
}

std::optional<double> contrast_of(const std::vector<Class>& classes)
{
    std::optional<double> least;
    for (std::size_t k = 1; k < classes.size(); ++k) {
        if (!classes[k - 1].mean || !classes[k].mean) return std::nullopt;
        const double step = *classes[k].mean - *classes[k - 1].mean;
        least = std::min(least.value_or(step), step);
    }
    return least;
}

Thresholds::Thresholds(const Recipe& recipe, const Histogram& histogram, const GreyImage& grey)
    : cuts(cuts_of(recipe.threshold, histogram, grey)), parting(between_classes(recipe, cuts)),
      classes(segmentation::classes_of(histogram, parting))
{
    if (const auto contrast = contrast_of(classes))
        step = std::max(1, static_cast<std::int32_t>(std::lround(*contrast / 64)));
}

Cuts Thresholds::moved(int steps) const
{
    Cuts result = cuts;
    for (auto& cut : result) cut = std::clamp(cut + steps * step, 0, segmentation::levels);
    return result;
}

std::vector<double> Thresholds::values(const Threshold& rule, const LevelMap& map) const
{
    auto values = given_values(rule);
    if (!values.empty()) return values;
    for (const auto cut : cuts) values.push_back(map.threshold(cut));
    return values;
}

} // namespace lapilli::scan
