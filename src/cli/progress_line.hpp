// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solve/progress.hpp"

#include <chrono>

namespace lapilli::cli {

/// Progress for people, on stderr: a live line on a terminal, else at most one line per ten seconds.
class ProgressLine {
public:
    explicit ProgressLine(bool quiet);
    void show(const ProgressEvent& event);
    /// Clears the live line.
    void finish();

private:
    using Clock = std::chrono::steady_clock;
    bool quiet_;
    bool terminal_;
    bool live_ = false;
    Clock::time_point last_ = Clock::now();
};

}  // namespace lapilli::cli
