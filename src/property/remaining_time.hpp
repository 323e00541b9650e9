// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solve/conjugate_gradients.hpp"
#include "solve/progress.hpp"

#include <chrono>
#include <cmath>
#include <string>

namespace lapilli::property {

/// Turns the decay of the error since the beginning into the number of iterations, and so the time, that is left. The decay
/// of the last iteration alone says too little: it is almost none where the error swings.
class RemainingTime {
public:
    explicit RemainingTime(double accuracy) : accuracy_(accuracy) {}
    /// After an iteration [s]; 0: not known.
    double after(const solve::SolveState& state)
    {
        if (before_ < 0) before_ = state.iteration - 1;
        constexpr double known = 0.5; // an error above that says nothing yet
        const double error = state.error_estimate;
        if (!(error > accuracy_) || !(error < known)) return 0;
        const double spent = std::chrono::duration<double>(Clock::now() - begin_).count();
        return spent / (state.iteration - before_) * state.iteration * std::log(error / accuracy_) / -std::log(error);
    }

private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point begin_ = Clock::now();
    double accuracy_;
    int before_ = -1; ///< iterations of an earlier run, from which this one goes on
};

/// Passes on what a solver tells, its energy divided by the volume of the image. `progress` must outlive what is returned.
inline auto telling(const Progress& progress, const std::string& stage, Axis axis, double volume, double accuracy)
{
    return [&progress, stage, axis, volume, accuracy,
            remaining = RemainingTime(accuracy)](const solve::SolveState& state) mutable {
        ProgressEvent event{.stage = stage, .axis = axis, .iteration = state.iteration, .residual = state.residual};
        if (state.start) {
            event.phase = "start";
            remaining = RemainingTime(accuracy); // which knows nothing of what its iterations take
        } else {
            event.value = state.energy / volume;
            event.bound = event.value * state.error_estimate;
            event.eta_s = remaining.after(state);
        }
        if (progress) progress(event);
    };
}

} // namespace lapilli::property
