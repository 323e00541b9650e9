// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "parallel/resources.hpp"

#include <malloc.h>
#include <sys/resource.h>

#include <algorithm>
#include <fstream>
#include <set>

namespace lapilli::parallel {

namespace {

/// Of each rank.
std::vector<std::string> host_names(const Communicator& comm)
{
    std::vector<char> name(MPI_MAX_PROCESSOR_NAME, '\0');
    int length = 0;
    MPI_Get_processor_name(name.data(), &length);
    const auto all = comm.gather_all(std::span<const char>(name));
    std::vector<std::string> names;
    for (int r = 0; r < comm.size(); ++r) names.emplace_back(&all[r * name.size()]);
    return names;
}

} // namespace

void Stopwatch::start(const std::string& stage)
{
    const auto now = Clock::now();
    if (!current_.empty()) {
        const auto at = std::find_if(seconds_.begin(), seconds_.end(), [&](const auto& s) { return s.first == current_; });
        const double spent = std::chrono::duration<double>(now - since_).count();
        if (at == seconds_.end())
            seconds_.emplace_back(current_, spent);
        else
            at->second += spent;
    }
    current_ = stage;
    since_ = now;
}

std::vector<Stopwatch::Stage> Stopwatch::over_ranks(const Communicator& comm) const
{
    std::vector<double> mine;
    for (const auto& entry : seconds_) mine.push_back(entry.second);
    const auto all = comm.gather_all(std::span<const double>(mine));
    std::vector<Stage> stages;
    for (std::size_t s = 0; s < mine.size(); ++s) {
        Stage stage{seconds_[s].first, all[s], 0, 0};
        for (int r = 0; r < comm.size(); ++r) {
            const double t = all[r * mine.size() + s];
            stage.min_s = std::min(stage.min_s, t);
            stage.max_s = std::max(stage.max_s, t);
            stage.mean_s += t / comm.size();
        }
        stages.push_back(stage);
    }
    return stages;
}

void forget_memory()
{
#if defined(__GLIBC__)
    malloc_trim(0);
#endif
    std::ofstream("/proc/self/clear_refs") << "5"; // the peak becomes what is held now: proc(5)
}

std::vector<std::int64_t> peak_memory(const Communicator& comm)
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const std::int64_t bytes = usage.ru_maxrss * std::int64_t{1024};
    return comm.gather_all(std::span<const std::int64_t>(&bytes, 1));
}

std::vector<HostMemory> memory_by_host(const Communicator& comm, std::int64_t needed, std::int64_t available)
{
    const auto names = host_names(comm);
    const auto needs = comm.gather_all(std::span<const std::int64_t>(&needed, 1));
    const auto gifts = comm.gather_all(std::span<const std::int64_t>(&available, 1));
    std::vector<HostMemory> hosts;
    for (std::size_t r = 0; r < names.size(); ++r) {
        auto host = std::find_if(hosts.begin(), hosts.end(), [&](const HostMemory& h) { return h.name == names[r]; });
        if (host == hosts.end())
            host = hosts.insert(host, HostMemory{.name = names[r], .ranks = 0, .needed = 0, .available = gifts[r]});
        ++host->ranks;
        host->needed += needs[r];
        host->available = std::min(host->available, gifts[r]);
    }
    return hosts;
}

int count_hosts(const Communicator& comm)
{
    const auto names = host_names(comm);
    return std::set<std::string>(names.begin(), names.end()).size();
}

} // namespace lapilli::parallel
