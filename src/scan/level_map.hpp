// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "segmentation/plane_stack.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace lapilli::scan {

using segmentation::Level;

struct GreyRange {
    double least = 0, largest = 0;

    double width() const { return largest - least; }
    bool holds(double value) const { return value >= least && value <= largest; }
};

/// Which values of the file the grey levels 0 ... 65535 stand for: first + step * level, the outermost also for all beyond.
struct LevelMap {
    double first = 0;
    double step = 1;
    bool exact = true;                                ///< each value has a level of its own
    GreyRange values = {first, first + step * 65535}; ///< the least and the largest of the image

    /// A threshold that parts values and not just levels: those below it have levels below its own.
    struct Parting {
        double threshold = 0;
        std::int32_t level = 0;
    };
    std::vector<Parting> partings = {}; ///< ascending

    /// Each value of its own level: bytes, words, and whole numbers with a range that fits.
    static LevelMap of_whole_numbers(const GreyRange& values) { return {.first = values.least, .values = values}; }
    /// All levels laid over the range `middle` of the values, as far as needed to part them at thresholds in any case.
    /// @param thresholds  ascending; those outside the values part nothing
    static LevelMap spread(const GreyRange& values, GreyRange middle, std::span<const double> thresholds);

    Level level(double value) const;
    double value(double level) const { return first + step * level; }
    /// The levels below it are those of values below a threshold; 0 ... 65536. To a level, but at partings.
    std::int32_t cut(double threshold) const;
    /// The threshold half-way between the levels that a cut parts.
    double threshold(std::int32_t cut) const { return value(cut - 0.5); }
    /// The values of all voxels with levels in a range that both ends belong to.
    GreyRange range(std::int32_t lowest, std::int32_t highest) const;
};

} // namespace lapilli::scan
