// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "machine/memory.hpp"

#include "machine/cgroup.hpp"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>

namespace lapilli::machine {

namespace {

constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();

/// The number behind `key` at the beginning of a line, times `unit`; unlimited where there is none ("max", no such file).
std::int64_t number(const std::filesystem::path& path, const std::string& key, std::int64_t unit)
{
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with(key)) continue;
        std::istringstream words(line.substr(key.size()));
        std::int64_t value = 0;
        if (words >> value && value >= 0 && value <= unlimited / unit) return value * unit;
        break;
    }
    return unlimited;
}

std::int64_t finite(std::int64_t value) { return value == unlimited ? 0 : value; }

} // namespace

std::int64_t available_memory(const std::filesystem::path& root)
{
    std::int64_t least = number(root / "proc/meminfo", "MemAvailable:", 1024);
    const auto folders = cgroup_folders("memory", root);
    const auto take = [&](const std::filesystem::path& at, const char* limit, const char* usage, const char* cached) {
        const std::int64_t most = number(at / limit, "", 1);
        if (most == unlimited) return;
        const std::int64_t used = finite(number(at / usage, "", 1)) - finite(number(at / "memory.stat", cached, 1));
        least = std::min(least, std::max<std::int64_t>(0, most - std::max<std::int64_t>(0, used)));
    };
    for (const auto& at : folders.version_2) take(at, "memory.max", "memory.current", "inactive_file");
    for (const auto& at : folders.version_1)
        take(at, "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file");
    return least;
}

std::int64_t resident_memory()
{
    std::ifstream file("/proc/self/statm");
    std::int64_t size = 0, resident = 0;
    return file >> size >> resident ? resident * sysconf(_SC_PAGESIZE) : 0;
}

} // namespace lapilli::machine
