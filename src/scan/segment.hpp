// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "scan/cross_section.hpp"
#include "scan/grey_image.hpp"
#include "scan/label_bricks.hpp"
#include "scan/recipe.hpp"
#include "scan/thresholds.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lapilli::scan {

/// The label of what is outside the sample: neither pore nor solid.
inline constexpr std::uint8_t outside = 255;

/// What the voxels of a label are like; all values are those of the file.
struct LabelClass {
    std::int32_t label = 0;
    std::int64_t voxels = 0;
    std::optional<double> mean; ///< of what the thresholds alone give the label; absent: nothing
};

/// Voxels by their grey value after the filter, in bins of one width from the lowest to the highest.
struct GreyHistogram {
    double first = 0; ///< lower end of the first bin
    double width = 1;
    std::vector<std::int64_t> voxels; ///< at most 256 bins
};

/// How an image was segmented, and what was seen on the way.
struct Segmentation {
    Recipe recipe;
    std::optional<Cylinder> cylinder; ///< that was used
    std::vector<double> thresholds;   ///< ascending, in values of the file
    std::vector<LabelClass> classes;  ///< by label
    std::int64_t outside_voxels = 0;
    double noise = 0;                          ///< standard deviation before the filter
    std::optional<double> contrast;            ///< the least between the means of two neighbouring classes
    std::optional<double> contrast_over_noise; ///< absent: no noise, or an empty class
    double threshold_step = 0;                 ///< by which thresholds may be off: 1/64 of the contrast, or one level
    double porosity_change = 0;                ///< half of what it makes of the porosity upwards and downwards
    GreyHistogram histogram;
    GreyRange values;      ///< of the sample after the filter
    double level_step = 0; ///< by which grey levels differ, where they are coarser than the values of the file; else 0

    double porosity() const;                     ///< voxels of label 0 over those of all labels
    static constexpr double little_contrast = 4; ///< below it the noise shows in the labels
    static constexpr double few_levels = 100;    ///< in the contrast
};

/// Makes labels of a grey image, also others than those of its thresholds. The same bits on any number of ranks.
class Segmenter {
public:
    /// Filters the image, which must outlive it, and finds the thresholds. Collective.
    /// @throws Error the same on every rank: fewer grey levels than classes, no round sample
    Segmenter(const parallel::Communicator& comm, const Recipe& recipe, GreyImage& grey);

    /// @param steps  by which the thresholds are moved, for more pores. Collective.
    LabelSlab labels(int steps = 0);
    /// What was seen, with the voxels of each label. Collective.
    Segmentation found(const LabelSlab& labels) const;

private:
    parallel::Communicator comm_;
    GreyImage& grey_;
    Segmentation found_;
    CrossSection section_;
    std::optional<Thresholds> thresholds_;
};

/// The same in one go.
Segmentation segment(const parallel::Communicator& comm, const Recipe& recipe, GreyImage& grey, LabelSlab& labels);

/// That a segmentation holds at its peak: levels, labels, and the parts of what is solid [bytes].
constexpr std::int64_t bytes_to_segment(const Shape& image) { return 6 * image.voxels(); }

/// What is to be said of labels that are hardly what was meant, a sentence each: noise shows in them, there is none on a
/// side of a threshold, grey levels are too coarse.
std::vector<std::string> warnings_of(const Segmentation& segmentation);

} // namespace lapilli::scan
