// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
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

/// Gives the system what is free of this process's memory, and begins its peak anew, where the system lets it: what comes
/// next is measured as in a process of its own. Not collective.
void forget_memory();

/// Peak resident memory of each rank [bytes]. Collective.
std::vector<std::int64_t> peak_memory(const Communicator& comm);

/// A machine under the ranks, and what they need of it.
struct HostMemory {
    std::string name;
    int ranks = 0;
    std::int64_t needed = 0;    ///< by its ranks together [bytes]
    std::int64_t available = 0; ///< the least that one of its ranks sees [bytes]
};

/// @param needed     by this rank [bytes]
/// @param available  on the machine of this rank [bytes]
/// Collective; the same on every rank, in the order of their first ranks.
std::vector<HostMemory> memory_by_host(const Communicator& comm, std::int64_t needed, std::int64_t available);

/// Number of different machines under the ranks. Collective.
int count_hosts(const Communicator& comm);

} // namespace lapilli::parallel
