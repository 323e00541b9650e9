// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solve/conjugate_gradients.hpp"

#include <chrono>
#include <cmath>
#include <utility>

namespace lapilli::property {

/// Turns the decay of the error into the number of iterations, and so the time, that is left.
class RemainingTime {
public:
    explicit RemainingTime(double accuracy) : accuracy_(accuracy) {}
    double after(const solve::SolveState& state)
    {
        const double spent = std::chrono::duration<double>(Clock::now() - begin_).count();
        const double before = std::exchange(error_, state.error_estimate);
        if (!(error_ > accuracy_) || !(error_ < before)) return 0;
        return spent / state.iteration * std::log(error_ / accuracy_) / std::log(before / error_);
    }

private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point begin_ = Clock::now();
    double accuracy_;
    double error_ = 1;
};

} // namespace lapilli::property
