// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace lapilli::parallel {

/// Seconds spent in named stages on this rank; a stage entered twice adds up.
class Stopwatch {
public:
    /// Ends the current stage and starts the next.
    void start(const std::string& stage);
    void stop() { start({}); }

    struct Stage {
        std::string name;
        double min_s = 0, mean_s = 0, max_s = 0; ///< over ranks
    };
    /// Collective; the same stages in the same order on every rank.
    std::vector<Stage> over_ranks(const Communicator& comm) const;

private:
    using Clock = std::chrono::steady_clock;
    std::vector<std::pair<std::string, double>> seconds_;
    std::string current_;
    Clock::time_point since_ = Clock::now();
};

/// Peak resident memory of each rank [bytes]. Collective.
std::vector<std::int64_t> peak_memory(const Communicator& comm);

/// Number of different machines under the ranks. Collective.
int count_hosts(const Communicator& comm);

} // namespace lapilli::parallel
