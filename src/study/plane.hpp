// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "study/options.hpp"

#include <vector>

namespace lapilli::study {

/// The axes to solve along: those that were asked for; where none were, of a two-dimensional image those of its plane.
/// @throws Error where flow in such an image may mean two things, and nobody said which
std::vector<Axis> axes_to_solve(const Options& options, const image::LabelledImage& image);

/// All axes, but not the normal of a two-dimensional image, which is one voxel deep along it.
std::vector<Axis> axes_within(const Shape& shape);

} // namespace lapilli::study
