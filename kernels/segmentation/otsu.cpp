// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "segmentation/otsu.hpp"

#include <limits>
#include <numeric>

namespace lapilli::segmentation {

namespace {

using Cuts = std::vector<std::int32_t>;

/// The score of a class: its voxels times the squared distance of its mean from one level, so that the sum over classes is
/// the variance between them and a constant.
class Scores {
public:
    explicit Scores(const Histogram& histogram) : voxels_(levels + 1), sums_(levels + 1)
    {
        std::int64_t all = 0, sum = 0;
        for (std::int32_t level = 0; level < levels; ++level) {
            all += histogram[level];
            sum += level * histogram[level];
        }
        const std::int64_t middle = sum / std::max<std::int64_t>(all, 1); // keeps the numbers small
        for (std::int32_t level = 0; level < levels; ++level) {
            voxels_[level + 1] = voxels_[level] + histogram[level];
            sums_[level + 1] = sums_[level] + (level - middle) * histogram[level];
        }
    }
    double of(std::int32_t first, std::int32_t last) const
    {
        constexpr double no_class = -1e30;
        const double voxels = voxels_[last] - voxels_[first], sum = sums_[last] - sums_[first];
        return voxels > 0 ? sum * sum / voxels : no_class;
    }

private:
    std::vector<std::int64_t> voxels_, sums_; ///< below each level
};

/// The best cuts out of those that each may be: by the best cuts below each place, one class after the other.
Cuts best_cuts(const Scores& scores, const std::vector<Cuts>& choices)
{
    struct Place {
        double score = -std::numeric_limits<double>::infinity();
        std::size_t before = 0; ///< the cut below
    };
    std::vector<std::vector<Place>> best(choices.size());
    const auto improve = [](Place& place, double score, std::size_t before) {
        if (score > place.score) place = {score, before};
    };
    for (std::size_t c = 0; c < choices.size(); ++c) {
        best[c].resize(choices[c].size());
        for (std::size_t i = 0; i < choices[c].size(); ++i) {
            const auto cut = choices[c][i];
            if (c == 0) improve(best[c][i], scores.of(0, cut), 0);
            for (std::size_t j = 0; c > 0 && j < choices[c - 1].size() && choices[c - 1][j] <= cut; ++j)
                improve(best[c][i], best[c - 1][j].score + scores.of(choices[c - 1][j], cut), j);
        }
    }
    Place end;
    for (std::size_t i = 0; i < choices.back().size(); ++i)
        improve(end, best.back()[i].score + scores.of(choices.back()[i], levels), i);
    Cuts cuts(choices.size());
    for (std::size_t c = choices.size(), at = end.before; c-- > 0; at = best[c][at].before) cuts[c] = choices[c][at];
    return cuts;
}

/// Every step-th level of a range, both ends among them.
Cuts range(std::int32_t first, std::int32_t last, std::int32_t step)
{
    Cuts cuts;
    for (std::int32_t level = first; level < last; level += step) cuts.push_back(level);
    cuts.push_back(last);
    return cuts;
}

} // namespace

std::vector<std::int32_t> otsu(const Histogram& histogram, int classes)
{
    const auto filled = [&](auto level) { return histogram[level] > 0; };
    std::int32_t lowest = 0, highest = levels - 1;
    while (lowest < highest && !filled(lowest)) ++lowest;
    while (highest > lowest && !filled(highest)) --highest;

    // 1. the best of some, and the best around them
    const Scores scores(histogram);
    constexpr std::int32_t most = 1024;
    const std::int32_t step = classes == 2 ? 1 : (highest - lowest) / most + 1;
    auto cuts = best_cuts(scores, std::vector(classes - 1, range(lowest, highest, step)));
    if (step > 1) {
        std::vector<Cuts> around;
        for (const auto cut : cuts) around.push_back(range(std::max(lowest, cut - step), std::min(highest, cut + step), 1));
        cuts = best_cuts(scores, around);
    }

    // 2. the middle of a gap
    for (auto& cut : cuts) {
        std::int32_t below = std::max(0, cut - 1), above = cut;
        while (below > lowest && !filled(below)) --below;
        while (above < highest && !filled(above)) ++above;
        cut = below + (above - below + 1) / 2;
    }
    return cuts;
}

} // namespace lapilli::segmentation
