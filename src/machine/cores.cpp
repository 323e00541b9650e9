// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "machine/cores.hpp"

#include "machine/cgroup.hpp"

#include <sched.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <sstream>
#include <string>

namespace lapilli::machine {

namespace {

namespace fs = std::filesystem;

/// "50000 100000" (cgroup 2) as 0.5 processors; "max ..." and anything unreadable as no limit.
double granted(const std::string& quota_and_period)
{
    std::istringstream words(quota_and_period);
    double quota = 0, period = 0;
    if (!(words >> quota >> period) || quota <= 0 || period <= 0) return std::numeric_limits<double>::infinity();
    return quota / period;
}

double cgroup_limit(const fs::path& root)
{
    const auto folders = cgroup_folders("cpu", root);
    double processors = std::numeric_limits<double>::infinity();
    for (const auto& at : folders.version_2) processors = std::min(processors, granted(first_line(at / "cpu.max")));
    for (const auto& at : folders.version_1)
        processors =
            std::min(processors, granted(first_line(at / "cpu.cfs_quota_us") + " " + first_line(at / "cpu.cfs_period_us")));
    return processors;
}

} // namespace

std::vector<int> allowed_cpus()
{
    std::vector<int> cpus;
    for (int capacity = 1024; capacity <= (1 << 20); capacity *= 2) { // the kernel refuses masks shorter than its own
        cpu_set_t* set = CPU_ALLOC(capacity);
        if (set == nullptr) break;
        const auto bytes = CPU_ALLOC_SIZE(capacity);
        CPU_ZERO_S(bytes, set);
        const bool known = sched_getaffinity(0, bytes, set) == 0;
        for (int cpu = 0; known && cpu < capacity; ++cpu)
            if (CPU_ISSET_S(cpu, bytes, set)) cpus.push_back(cpu);
        CPU_FREE(set);
        if (known) break;
    }
    return cpus;
}

int count_cores(std::span<const int> cpus, const fs::path& root)
{
    std::set<std::string> cores;
    for (const int cpu : cpus) {
        const auto siblings =
            first_line(root / "sys/devices/system/cpu" / ("cpu" + std::to_string(cpu)) / "topology/thread_siblings_list");
        cores.insert(siblings.empty() ? "cpu " + std::to_string(cpu) : siblings);
    }
    const double most = std::min<double>(cores.size(), cgroup_limit(root));
    return std::max<int>(1, std::lround(most));
}

} // namespace lapilli::machine
