// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"

#include <functional>
#include <limits>
#include <optional>
#include <string>

namespace lapilli {

/// One step of the work, as a person wants to see it: the physics, how sure, how long still.
struct ProgressEvent {
    std::string stage; ///< "read", "percolation", "diffusivity"
    std::optional<Axis> axis{};
    std::string phase{}; ///< of the stage: "setup", then perhaps "start", for what the solve begins with; then empty
    int iteration = 0;
    double residual = 0;                                     ///< relative
    double value = std::numeric_limits<double>::quiet_NaN(); ///< of what the stage computes, so far; NaN: not known
    double bound = 0;                                        ///< estimated error of the value, absolute
    double eta_s = 0;                                        ///< time left [s]; 0: not known
};

/// Of all that a run solves.
struct TimeLeft {
    double seconds = 0; ///< 0: not known, or no more than the solve at work has left
    double done = 0;    ///< part of the time of the whole; 0: not known
};

/// Called on rank 0 only.
using Progress = std::function<void(const ProgressEvent&)>;

} // namespace lapilli
