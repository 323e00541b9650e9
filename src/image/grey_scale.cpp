// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "image/grey_scale.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace lapilli::image {

namespace {

constexpr std::size_t handful = 16; // of labels: minerals, grains and electrodes have no more, unless each grain has its own
constexpr std::size_t many = 32;

/// The values but the commonest.
struct Histogram {
    double values = 0;
    double voxels = 0;
    double runs = 0;
    double steps = 0;      ///< sum of the differences between the counts of neighbouring values
    double steps_over = 0; ///< sum of these counts
    double noise = 0;      ///< what the steps would be by chance alone

    double step() const { return steps_over > 0 ? steps / steps_over : 1; }
    double step_by_chance() const { return steps_over > 0 ? noise / steps_over : 0; }
};

Histogram histogram_of(const LabelledImage& image)
{
    const auto commonest = std::max_element(image.labels.begin(), image.labels.end(),
                                            [](const auto& a, const auto& b) { return a.second < b.second; });
    constexpr double mean_of_normal = 0.8; // absolute value, of one with standard deviation 1
    Histogram h;
    std::optional<double> before;
    for (const auto& [label, voxels] : image.labels) {
        if (label == commonest->first) continue;
        const double count = voxels;
        h.values += 1;
        h.voxels += count;
        h.runs += image.runs.at(label);
        if (before) {
            h.steps += std::abs(count - *before);
            h.steps_over += count + *before;
            h.noise += mean_of_normal * std::sqrt(count + *before);
        }
        before = count;
    }
    return h;
}

} // namespace

bool looks_grey(const LabelledImage& image)
{
    if (image.labels.size() <= handful) return false;
    const auto h = histogram_of(image);
    const double changes = h.runs / h.voxels; // of voxels, those that differ from the one before
    const double run = 1 / changes;
    const double grain = 1.8 * run * run * run;        // volume of a ball with such mean chords
    const double grains = h.voxels / h.values / grain; // of each value
    constexpr double noise = 0.8, some_noise = 0.45, smooth = 0.15;
    if (changes >= noise) return true;
    if (changes >= some_noise) return grains > 3; // else one small grain for each label
    if (changes < smooth || image.labels.size() < many) return false;
    constexpr double even = 0.2, chance = 1.5;
    return h.step() < even + chance * h.step_by_chance() && grains > 30;
}

std::string grey_sentence(const LabelledImage& image)
{
    return fmt::format("{} has {} different values that look like grey levels, not like labels; expected a segmented image; "
                       "add --segment, or make labels with lapilli segment",
                       image.description.path, image.labels.size());
}

} // namespace lapilli::image
