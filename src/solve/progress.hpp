// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/shape.hpp"

#include <functional>
#include <optional>
#include <string>

namespace lapilli {

/// One step of the work, as a person wants to see it: the physics, how sure, how long still.
struct ProgressEvent {
    std::string stage; ///< "read", "percolation", "diffusivity"
    std::optional<Axis> axis{};
    std::string phase{}; ///< of the stage: "setup", then perhaps "start", whose iterations have no value; then empty
    int iteration = 0;
    double residual = 0; ///< relative
    double value = 0;    ///< of what the stage computes, so far
    double bound = 0;    ///< estimated error of the value, absolute
    double eta_s = 0;    ///< time left [s]; 0: not known
};

/// Called on rank 0 only.
using Progress = std::function<void(const ProgressEvent&)>;

} // namespace lapilli
