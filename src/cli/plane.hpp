// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/run_options.hpp"

#include <vector>

namespace lapilli::cli {

/// The axes to solve along: those that were asked for; where none were, of a two-dimensional image those of its plane.
/// @throws Error where flow in such an image may mean two things, and nobody said which
std::vector<Axis> axes_to_solve(const RunOptions& run, const image::LabelledImage& image, bool flow_wanted);

} // namespace lapilli::cli
