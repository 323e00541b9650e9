// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scan/level_map.hpp"

#include <algorithm>
#include <cmath>

namespace lapilli::scan {

namespace {

constexpr std::int32_t last_level = segmentation::levels - 1;

/// Levels one after the other, so that each threshold has one of its own.
void part_levels(std::vector<LevelMap::Parting>& partings)
{
    std::int32_t free = 1;
    for (auto& parting : partings) free = (parting.level = std::max(parting.level, free)) + 1;
    free = last_level;
    for (auto parting = partings.rbegin(); parting != partings.rend(); ++parting)
        free = (parting->level = std::min(parting->level, free)) - 1;
}

} // namespace

LevelMap LevelMap::spread(const GreyRange& values, GreyRange middle, std::span<const double> thresholds)
{
    std::vector<Parting> partings;
    for (const double threshold : thresholds)
        if (threshold > values.least && threshold <= values.largest) {
            partings.push_back({.threshold = threshold});
            middle = {std::min(middle.least, threshold), std::max(middle.largest, threshold)};
        }
    const double step = middle.largest / last_level - middle.least / last_level; // finite, also where the width is not
    LevelMap map{.first = middle.least, .step = step > 0 ? step : 1, .exact = step <= 0, .values = values};
    for (auto& parting : partings) parting.level = map.cut(parting.threshold);
    part_levels(partings);
    map.partings = std::move(partings);
    return map;
}

Level LevelMap::level(double value) const
{
    auto level = static_cast<std::int32_t>(std::clamp((value - first) / step + 0.5, 0.0, 1.0 * last_level));
    for (const auto& [threshold, cut] : partings)
        level = value < threshold ? std::min(level, cut - 1) : std::max(level, cut);
    return level;
}

std::int32_t LevelMap::cut(double threshold) const
{
    const auto parting = std::ranges::find(partings, threshold, &Parting::threshold);
    if (parting != partings.end()) return parting->level;
    if (threshold > values.largest) return segmentation::levels;
    return static_cast<std::int32_t>(std::clamp(std::ceil((threshold - first) / step), 0.0, 1.0 * segmentation::levels));
}

GreyRange LevelMap::range(std::int32_t lowest, std::int32_t highest) const
{
    return {lowest == 0 ? values.least : value(lowest), highest == last_level ? values.largest : value(highest)};
}

} // namespace lapilli::scan
