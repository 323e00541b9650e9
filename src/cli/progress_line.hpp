// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solve/progress.hpp"

#include <chrono>
#include <string>

namespace lapilli::cli {

/// One event for people: "diffusivity x  iteration 4  D/D0 = 0.0432 ± 2e-05  residual 3e-4  eta 2 s".
std::string progress_text(const ProgressEvent& event);

/// Progress on stderr: one line that is rewritten on a terminal, else at most one line in 10 s. Only rank 0 shows events.
class ProgressLine {
public:
    explicit ProgressLine(bool quiet);
    ~ProgressLine() { finish(); }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void show(const ProgressEvent& event);
    /// Takes the live line away, so that results and warnings begin on a clean one.
    void finish();

private:
    using Clock = std::chrono::steady_clock;
    bool quiet_;
    bool live_; ///< stderr ends at a terminal
    bool on_screen_ = false;
    Clock::time_point next_;
};

} // namespace lapilli::cli
