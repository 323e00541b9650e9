// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <vector>

namespace lapilli::solve {

/// Relative error of the last of a sequence that falls steadily towards its limit by an ever similar ratio: its last change
/// times ρ/(1-ρ).
double remaining_error(const std::vector<double>& history);

/// The same for a sequence that may overshoot its limit and come back: where two changes in a row do not shrink, the larger
/// of them counts, and how much such pairs shrink.
double remaining_error_of_swinging(const std::vector<double>& history);

} // namespace lapilli::solve
