// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "study/options.hpp"

#include <cstdint>
#include <vector>

namespace lapilli::study {

/// Labels that take part, the phase of each, and the conductivity of each phase.
struct Conductors {
    std::vector<std::int32_t> labels;
    std::vector<double> of_label; ///< empty: all alike
    image::Phases phases;
    std::vector<double> of_phase;
};

/// What --pore or --conductivity say. @throws Error if there are more conductivities than phases can be
Conductors conductors(const Options& options);

} // namespace lapilli::study
