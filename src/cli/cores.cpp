// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/cores.hpp"

#include <fmt/format.h>

#include <sched.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <set>
#include <sstream>
#include <string>

namespace lapilli::cli {

namespace {

namespace fs = std::filesystem;

std::string first_line(const fs::path& path)
{
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

/// "50000 100000" (cgroup 2) as 0.5 processors; "max ..." and anything unreadable as no limit.
double granted(const std::string& quota_and_period)
{
    std::istringstream words(quota_and_period);
    double quota = 0, period = 0;
    if (!(words >> quota >> period) || quota <= 0 || period <= 0) return std::numeric_limits<double>::infinity();
    return quota / period;
}

/// The least that `folder` and the folders above it grant, up to `top`. The path in /proc/self/cgroup may be that of the
/// host, of which a container sees only the top: then the folders that do not exist grant everything.
template <class Limit>
double least(const fs::path& top, const std::string& folder, const Limit& limit)
{
    double processors = limit(top);
    fs::path at = top;
    for (const auto& part : fs::path(folder).relative_path()) {
        at /= part;
        processors = std::min(processors, limit(at));
    }
    return processors;
}

double cgroup_limit(const fs::path& root)
{
    double processors = std::numeric_limits<double>::infinity();
    std::ifstream groups(root / "proc/self/cgroup");
    for (std::string line; std::getline(groups, line);) { // "0::/path" or "4:cpu,cpuacct:/path"
        const auto first = line.find(':');
        const auto second = line.find(':', first + 1);
        if (first == std::string::npos || second == std::string::npos) continue;
        const std::string controllers = fmt::format(",{},", line.substr(first + 1, second - first - 1));
        const std::string folder = line.substr(second + 1);
        if (controllers == ",,")
            processors = std::min(processors, least(root / "sys/fs/cgroup", folder,
                                                    [](const fs::path& at) { return granted(first_line(at / "cpu.max")); }));
        else if (controllers.find(",cpu,") != std::string::npos)
            processors = std::min(processors, least(root / "sys/fs/cgroup/cpu", folder, [](const fs::path& at) {
                                      return granted(first_line(at / "cpu.cfs_quota_us") + " " +
                                                     first_line(at / "cpu.cfs_period_us"));
                                  }));
    }
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
    const double most = std::min(static_cast<double>(cores.size()), cgroup_limit(root));
    return std::max(1, static_cast<int>(std::lround(most)));
}

} // namespace lapilli::cli
