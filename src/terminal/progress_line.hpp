// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solve/progress.hpp"
#include "text/text_table.hpp"

#include <chrono>
#include <string>

namespace lapilli::terminal {

/// One event for people: "diffusivity x  iteration 4  D/D0 = 0.0432 ± 2e-05  residual 3e-4  eta 2 s, of all 5 min (42 %
/// done)". Where that is wider than so many columns, the residual is left out, then the error, the iteration, the value, what
/// is done, the end of the line.
/// @param left  of all solves of the run
std::string progress_text(const ProgressEvent& event, const TimeLeft& left = {}, std::size_t columns = text::usual_columns);

/// Progress on stderr: one line that is rewritten on a terminal, and never wider than that, else at most one line in 10 s.
/// Only rank 0 shows events.
class ProgressLine {
public:
    explicit ProgressLine(bool quiet);
    ~ProgressLine() { finish(); }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void show(const ProgressEvent& event, const TimeLeft& left = {});
    /// What is going to be done, in a line of its own before the next event that is shown.
    void announce(const std::string& sentence) { announcement_ = sentence; }
    /// Takes the live line away, so that results and warnings begin on a clean one.
    void finish();

private:
    using Clock = std::chrono::steady_clock;
    bool quiet_;
    bool live_; ///< stderr ends at a terminal
    bool on_screen_ = false;
    std::string announcement_;
    Clock::time_point next_;
};

} // namespace lapilli::terminal
