// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/grid_steps.hpp"
#include "solve/progress.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace lapilli::study {

/// The time that all solves of a run have left, by what those that are done have taken. One rank, not collective.
class WholeTime {
public:
    using Clock = std::chrono::steady_clock;

    /// @param stages  in their order, each solved along these axes
    WholeTime(const std::vector<property::SolveStage>& stages, const std::vector<Axis>& axes);

    /// After an event. What an earlier run has done does not count.
    TimeLeft after(const ProgressEvent& event, Clock::time_point now = Clock::now());

private:
    struct Solve {
        std::string stage;
        Axis axis;
        double work;
        bool apart;
    };
    void move_to(std::size_t solve, Clock::time_point now);
    double work_behind() const; ///< of the solves that come after this one
    double seconds_after(const ProgressEvent& event, Clock::time_point now);

    std::vector<Solve> solves_;
    std::optional<std::size_t> at_; ///< the solve at work
    Clock::time_point begin_;       ///< of this solve
    Clock::time_point first_;       ///< begin of all
    double done_work_ = 0;          ///< of those that were seen from begin to end
    double done_s_ = 0;             ///< what they have taken
};

} // namespace lapilli::study
