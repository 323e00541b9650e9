// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "launch/process_tree.hpp"

#include <charconv>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace lapilli::launch {

namespace {

namespace fs = std::filesystem;

/// The parent of a process by /proc/PID/stat, "PID (NAME) STATE PARENT ...", whose name may hold anything; 0 if it is gone.
pid_t parent_of(const fs::path& folder)
{
    std::ifstream file(folder / "stat");
    std::string line;
    std::getline(file, line, '\0');
    const auto name_end = line.rfind(')');
    if (name_end == std::string::npos || name_end + 4 > line.size()) return 0;
    pid_t parent = 0;
    std::from_chars(line.data() + name_end + 4, line.data() + line.size(), parent);
    return parent;
}

std::multimap<pid_t, pid_t> children_by_parent()
{
    std::multimap<pid_t, pid_t> children;
    std::error_code error;
    for (fs::directory_iterator at("/proc", error), end; !error && at != end; at.increment(error)) {
        const auto name = at->path().filename().string();
        pid_t process = 0;
        const auto [stop, problem] = std::from_chars(name.data(), name.data() + name.size(), process);
        if (problem == std::errc() && stop == name.data() + name.size()) children.emplace(parent_of(at->path()), process);
    }
    return children;
}

} // namespace

void signal_tree(pid_t root, int signal)
{
    const auto children = children_by_parent();
    std::vector<pid_t> found{root};
    for (std::size_t n = 0; n < found.size(); ++n) {
        kill(found[n], signal);
        const auto [first, last] = children.equal_range(found[n]);
        for (auto at = first; at != last; ++at) found.push_back(at->second);
    }
}

} // namespace lapilli::launch
