// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "segmentation/histogram.hpp"

#include <cstdlib>
#include <numeric>

namespace lapilli::segmentation {

namespace {

constexpr double median_of_normal_steps = 0.9538725524; ///< sqrt 2 times the upper quartile of the normal distribution

/// The value below which half of the counted whole numbers lie, as if each were spread over an interval of 1 around it; 0 if
/// half of them are 0.
double median(const Histogram& counts)
{
    const std::int64_t all = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
    const double half = all / 2.0;
    double below = counts[0];
    if (below >= half) return 0;
    std::size_t value = 0;
    while (below < half) below += counts[++value];
    return value + 0.5 - (below - half) / counts[value];
}

} // namespace

void count(std::span<const Level> voxels, Histogram& histogram)
{
    for (const auto level : voxels) ++histogram[level];
}

void count_steps(std::span<const Level> voxels, std::int64_t nx, Histogram& steps)
{
    for (std::int64_t row = 0; row < std::ssize(voxels); row += nx)
        for (std::int64_t x = row + 1; x < row + nx; ++x) ++steps[std::abs(voxels[x] - voxels[x - 1])];
}

double noise_of(const Histogram& steps) { return median(steps) / median_of_normal_steps; }

std::vector<Class> classes_of(const Histogram& histogram, std::span<const std::int32_t> cuts)
{
    std::vector<Class> classes;
    std::int32_t first = 0;
    for (std::size_t k = 0; k <= cuts.size(); ++k) {
        const std::int32_t last = k < cuts.size() ? cuts[k] : levels;
        Class part;
        std::int64_t sum = 0;
        for (std::int32_t level = first; level < last; ++level) {
            part.voxels += histogram[level];
            sum += level * histogram[level];
        }
        if (part.voxels > 0) part.mean = static_cast<double>(sum) / part.voxels;
        classes.push_back(part);
        first = last;
    }
    return classes;
}

} // namespace lapilli::segmentation
