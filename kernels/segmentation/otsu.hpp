// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "segmentation/histogram.hpp"

namespace lapilli::segmentation {

/// The thresholds by which the variance between the classes of levels is largest (N. Otsu, IEEE Trans. Syst. Man Cybern. 9,
/// 62, 1979): class k has the levels from cut k - 1 to cut k, the last excluded. Exact for two classes; for more, all
/// partitions into up to 1024 steps of levels are compared, then all within a step around the best. Of equals the lowest; in
/// a gap without voxels the middle.
/// @param histogram  of at least as many different levels as classes
std::vector<std::int32_t> otsu(const Histogram& histogram, int classes = 2);

} // namespace lapilli::segmentation
