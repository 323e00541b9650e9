// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solve/conjugate_gradients.hpp"
#include "solve/progress.hpp"

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

/// The residual down to which a solve goes on when its field is wanted: the field is not as right as the flux, its error is
/// the root of the flux's.
inline constexpr double residual_of_fields = 1e-6;

/// Passes on what a solver tells, its energy divided by the volume of the image. `progress` must outlive what is returned.
inline auto telling(const Progress& progress, const char* stage, Axis axis, double volume, double accuracy)
{
    return [&progress, stage, axis, volume, remaining = RemainingTime(accuracy)](const solve::SolveState& state) mutable {
        const double value = state.energy / volume;
        if (progress)
            progress(
                {stage, axis, state.iteration, state.residual, value, value * state.error_estimate, remaining.after(state)});
    };
}

} // namespace lapilli::property
