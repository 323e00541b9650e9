// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scan/segment.hpp"

#include "core/error.hpp"
#include "scan/cross_section.hpp"
#include "scan/denoise.hpp"
#include "scan/floods.hpp"
#include "scan/small_parts.hpp"
#include "segmentation/otsu.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace lapilli::scan {

namespace {

using segmentation::Class;
using segmentation::Histogram;
using Cuts = std::vector<std::int32_t>;

/// Calls visit(voxels) for the voxels of each row that are inside.
template <class Visit>
void for_each_row(const GreyImage& grey, const CrossSection& section, Visit&& visit)
{
    for (auto z = grey.planes.first; z < grey.planes.last; ++z)
        section.for_each_row([&](auto first, auto count) { visit(grey.plane(z).subspan(first, count)); });
}

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

/// The least difference between the means of two neighbouring classes; absent: one is empty.
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

Cuts otsu_cuts(const Histogram& histogram, int classes, const GreyImage& grey)
{
    const auto different = std::ranges::count_if(histogram, [](auto voxels) { return voxels > 0; });
    if (different < classes)
        throw input_error("{} has {} different grey values, too few for {} classes; expected a grey image; name the labels "
                          "of its pores with --pore if it is segmented already",
                          grey.description.path, different, classes);
    return segmentation::otsu(histogram, classes);
}

/// Where the levels are cut; a hysteresis has its two thresholds.
Cuts cuts_of(const Threshold& threshold, const Histogram& histogram, const GreyImage& grey)
{
    if (const auto* otsu = std::get_if<Otsu>(&threshold)) return otsu_cuts(histogram, otsu->classes, grey);
    if (const auto* both = std::get_if<Hysteresis>(&threshold)) return {grey.map.cut(both->low), grey.map.cut(both->high)};
    Cuts cuts;
    for (const double value : std::get<Given>(threshold).values) cuts.push_back(grey.map.cut(value));
    return cuts;
}

/// What the filter needs to know of the image.
Signal signal_of(const Histogram& raw, double noise, const Recipe& recipe, const GreyImage& grey)
{
    const auto cuts = recipe.denoise == Denoise::perona_malik ? otsu_cuts(raw, 2, grey) : Cuts{};
    return {.noise = noise, .contrast = contrast_of(segmentation::classes_of(raw, cuts)).value_or(0)};
}

/// The class of each voxel inside, the darkest 0; `outside` elsewhere.
LabelSlab cut(const GreyImage& grey, const CrossSection& section, const Cuts& cuts)
{
    std::vector<std::uint8_t> class_of(segmentation::levels);
    for (std::int32_t level = 0; level < segmentation::levels; ++level)
        class_of[level] = std::ranges::upper_bound(cuts, level) - cuts.begin();
    LabelSlab slab{grey.shape, grey.planes, std::vector<std::uint8_t>(grey.voxels.size(), outside)};
    for (auto z = grey.planes.first; z < grey.planes.last; ++z)
        section.for_each_row([&](std::int64_t first, std::int64_t count) {
            const auto from = grey.plane(z).subspan(first, count);
            const auto to = slab.labels.begin() + (z - grey.planes.first) * grey.shape.plane() + first;
            std::ranges::transform(from, to, [&](Level level) { return class_of[level]; });
        });
    return slab;
}

/// The brightest class first.
void reverse(std::size_t classes, LabelSlab& slab)
{
    for (auto& label : slab.labels)
        if (label != outside) label = classes - 1 - label;
}

/// Deep in its class is what lies a quarter of the contrast or more beyond the thresholds.
Markers markers_of(const Cuts& cuts, const std::vector<Class>& classes)
{
    Markers markers{.classes = static_cast<int>(classes.size())};
    for (std::size_t k = 0; k < cuts.size(); ++k) {
        const bool known = classes[k].mean && classes[k + 1].mean;
        const auto depth = std::lround(known ? (*classes[k + 1].mean - *classes[k].mean) / 4 : 0);
        markers.below.push_back(cuts[k] - depth);
        markers.above.push_back(cuts[k] + depth);
    }
    return markers;
}

GreyHistogram bins_of(const Histogram& histogram, const LevelMap& map)
{
    const auto filled = [](auto voxels) { return voxels > 0; };
    const auto lowest = std::ranges::find_if(histogram, filled) - histogram.begin();
    const auto highest = histogram.rend() - std::find_if(histogram.rbegin(), histogram.rend(), filled) - 1;
    constexpr int most = 256;
    const auto width = (highest - lowest) / most + 1;
    GreyHistogram bins{.first = map.threshold(lowest), .width = width * map.step, .voxels = {}};
    for (auto first = lowest; first <= highest; first += width) {
        const auto last = std::min<std::int64_t>(first + width, segmentation::levels);
        bins.voxels.push_back(std::accumulate(histogram.begin() + first, histogram.begin() + last, std::int64_t{0}));
    }
    return bins;
}

/// The cuts that part the classes; of a hysteresis the loose one.
Cuts between_classes(const Recipe& recipe, const Cuts& cuts)
{
    if (!std::holds_alternative<Hysteresis>(recipe.threshold)) return cuts;
    return {recipe.bright_pores ? cuts.front() : cuts.back()};
}

std::vector<double> thresholds_of(const Threshold& threshold, const Cuts& cuts, const LevelMap& map)
{
    if (const auto* given = std::get_if<Given>(&threshold)) return given->values;
    if (const auto* both = std::get_if<Hysteresis>(&threshold)) return {both->low, both->high};
    std::vector<double> values;
    for (const auto cut : cuts) values.push_back(map.threshold(cut));
    return values;
}

/// What is seen of the classes before their labels are made.
void describe(const std::vector<Class>& classes, const LevelMap& map, Segmentation& result)
{
    if (const auto contrast = contrast_of(classes)) result.contrast = *contrast * map.step;
    if (result.contrast && result.noise > 0) result.contrast_over_noise = *result.contrast / result.noise;
    const std::int32_t count = std::ssize(classes);
    for (std::int32_t k = 0; k < count; ++k) {
        const auto& [voxels, mean] = classes[result.recipe.bright_pores ? count - 1 - k : k];
        result.classes.push_back({.label = k, .mean = mean ? std::optional(map.value(*mean)) : std::nullopt});
    }
}

void count_labels(const parallel::Communicator& comm, const LabelSlab& labels, Segmentation& result)
{
    std::vector<std::int64_t> voxels(256);
    for (const auto label : labels.labels) ++voxels[label];
    comm.sum(voxels);
    for (auto& part : result.classes) part.voxels = voxels[part.label];
    result.outside_voxels = voxels[outside];
}

CrossSection section_of(const parallel::Communicator& comm, const GreyImage& grey, Segmentation& result)
{
    if (!result.recipe.round) return CrossSection(grey.shape);
    result.cylinder = result.recipe.cylinder ? *result.recipe.cylinder : find_cylinder(comm, grey);
    CrossSection section(grey.shape, grey.first, *result.cylinder);
    comm.together([&] {
        if (section.empty())
            throw input_error(
                "no voxel is inside the cylinder at x {:.6g}, y {:.6g} of radius {:.6g}; expected one that the "
                "image crosses; give it in voxels",
                result.cylinder->x, result.cylinder->y, result.cylinder->radius);
    });
    return section;
}

} // namespace

double Segmentation::porosity() const
{
    std::int64_t all = 0;
    for (const auto& part : classes) all += part.voxels;
    return static_cast<double>(classes.front().voxels) / all;
}

Segmentation segment(const parallel::Communicator& comm, const Recipe& recipe, GreyImage& grey, LabelSlab& labels)
{
    Segmentation result{.recipe = recipe};
    // 1. where the sample is, and how noisy
    const auto section = section_of(comm, grey, result);
    const double noise = noise_of(comm, grey, section);
    result.noise = noise * grey.map.step;

    // 2. filter
    Signal signal;
    const auto raw = histogram_of(comm, grey, section);
    comm.together([&] { signal = signal_of(raw, noise, recipe, grey); });
    denoise(comm, recipe.denoise, signal, grey);

    // 3. thresholds
    const auto histogram = recipe.denoise == Denoise::none ? raw : histogram_of(comm, grey, section);
    Cuts cuts;
    comm.together([&] { cuts = cuts_of(recipe.threshold, histogram, grey); });
    const auto parting = between_classes(recipe, cuts);
    const auto classes = segmentation::classes_of(histogram, parting);
    result.histogram = bins_of(histogram, grey.map);
    result.thresholds = thresholds_of(recipe.threshold, cuts, grey.map);
    describe(classes, grey.map, result);

    // 4. labels
    comm.together([&] { labels = cut(grey, section, cuts); });
    if (recipe.watershed) flood_from_markers(comm, grey, markers_of(parting, classes), labels);
    if (recipe.bright_pores) reverse(cuts.size() + 1, labels);
    if (std::holds_alternative<Hysteresis>(recipe.threshold)) keep_connected(comm, labels);

    // 5. without what is small
    remove_small_parts(comm, static_cast<int>(classes.size()), {recipe.least_pores(), recipe.islands}, labels);
    count_labels(comm, labels, result);
    return result;
}

} // namespace lapilli::scan
