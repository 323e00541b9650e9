// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scan/segment.hpp"

#include "core/error.hpp"
#include "scan/denoise.hpp"
#include "scan/floods.hpp"
#include "scan/small_parts.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace lapilli::scan {

namespace {

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

/// The lowest and the highest level of a voxel.
std::pair<std::int64_t, std::int64_t> ends_of(const Histogram& histogram)
{
    const auto filled = [](auto voxels) { return voxels > 0; };
    return {std::ranges::find_if(histogram, filled) - histogram.begin(),
            histogram.rend() - std::find_if(histogram.rbegin(), histogram.rend(), filled) - 1};
}

GreyHistogram bins_of(const Histogram& histogram, const LevelMap& map)
{
    const auto [lowest, highest] = ends_of(histogram);
    constexpr int most = 256;
    const auto width = (highest - lowest) / most + 1;
    GreyHistogram bins{.first = map.threshold(lowest), .width = width * map.step, .voxels = {}};
    for (auto first = lowest; first <= highest; first += width) {
        const auto last = std::min<std::int64_t>(first + width, segmentation::levels);
        bins.voxels.push_back(std::accumulate(histogram.begin() + first, histogram.begin() + last, std::int64_t{0}));
    }
    return bins;
}

/// What is seen of the classes before their labels are made.
void describe(const std::vector<Class>& classes, const Histogram& histogram, const LevelMap& map, Segmentation& result)
{
    const auto [lowest, highest] = ends_of(histogram);
    result.histogram = bins_of(histogram, map);
    result.values = map.range(lowest, highest);
    result.level_step = map.exact ? 0 : map.step;
    if (const auto contrast = contrast_of(classes)) result.contrast = *contrast * map.step;
    if (result.contrast && result.noise > 0) result.contrast_over_noise = *result.contrast / result.noise;
    const std::int32_t count = std::ssize(classes);
    for (std::int32_t k = 0; k < count; ++k) {
        const auto& [voxels, mean] = classes[result.recipe.bright_pores ? count - 1 - k : k];
        result.classes.push_back({.label = k, .mean = mean ? std::optional(map.value(*mean)) : std::nullopt});
    }
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

/// Pores by the thresholds alone, moved by so many steps.
std::int64_t pores_below(const Histogram& histogram, const Thresholds& thresholds, const Recipe& recipe, int steps)
{
    const auto move = [&](std::int32_t cut) { return std::clamp(cut + steps * thresholds.step, 0, segmentation::levels); };
    if (recipe.bright_pores)
        return std::accumulate(histogram.begin() + move(thresholds.parting.back()), histogram.end(), std::int64_t{0});
    return std::accumulate(histogram.begin(), histogram.begin() + move(thresholds.parting.front()), std::int64_t{0});
}

} // namespace

double Segmentation::porosity() const
{
    std::int64_t all = 0;
    for (const auto& part : classes) all += part.voxels;
    return static_cast<double>(classes.front().voxels) / all;
}

Segmenter::Segmenter(const parallel::Communicator& comm, const Recipe& recipe, GreyImage& grey)
    : comm_(comm), grey_(grey), found_{.recipe = recipe}, section_(section_of(comm, grey, found_))
{
    // 1. how noisy
    const double noise = noise_of(comm, grey, section_);
    found_.noise = noise * grey.map.step;

    // 2. filter
    Signal signal;
    const auto raw = histogram_of(comm, grey, section_);
    comm.together([&] { signal = signal_of(raw, noise, recipe, grey); });
    denoise(comm, recipe.denoise, signal, grey);

    // 3. thresholds
    const auto histogram = recipe.denoise == Denoise::none ? raw : histogram_of(comm, grey, section_);
    comm.together([&] { thresholds_.emplace(recipe, histogram, grey); });
    found_.thresholds = thresholds_->values(recipe.threshold, grey.map);
    describe(thresholds_->classes, histogram, grey.map, found_);

    // 4. how much depends on them
    const double more = pores_below(histogram, *thresholds_, recipe, recipe.bright_pores ? -1 : 1);
    const double fewer = pores_below(histogram, *thresholds_, recipe, recipe.bright_pores ? 1 : -1);
    found_.threshold_step = thresholds_->step * grey.map.step;
    found_.porosity_change = (more - fewer) / 2 / std::accumulate(histogram.begin(), histogram.end(), std::int64_t{0});
}

LabelSlab Segmenter::labels(int steps)
{
    const auto& recipe = found_.recipe;
    const int darker = recipe.bright_pores ? -steps : steps; // thresholds move up for more dark voxels
    const auto cuts = thresholds_->moved(darker);
    LabelSlab labels;
    comm_.together([&] { labels = cut(grey_, section_, cuts); });
    if (recipe.watershed) flood_from_markers(comm_, grey_, markers_of(cuts, thresholds_->classes), labels);
    if (recipe.bright_pores) reverse(cuts.size() + 1, labels);
    if (std::holds_alternative<Hysteresis>(recipe.threshold)) keep_connected(comm_, labels);
    const auto classes = static_cast<int>(thresholds_->classes.size());
    remove_small_parts(comm_, classes, {recipe.least_pores(), recipe.islands}, labels);
    return labels;
}

Segmentation Segmenter::found(const LabelSlab& labels) const
{
    auto result = found_;
    std::vector<std::int64_t> voxels(256);
    for (const auto label : labels.labels) ++voxels[label];
    comm_.sum(voxels);
    for (auto& part : result.classes) part.voxels = voxels[part.label];
    result.outside_voxels = voxels[outside];
    return result;
}

Segmentation segment(const parallel::Communicator& comm, const Recipe& recipe, GreyImage& grey, LabelSlab& labels)
{
    Segmenter segmenter(comm, recipe, grey);
    labels = segmenter.labels();
    return segmenter.found(labels);
}

} // namespace lapilli::scan
