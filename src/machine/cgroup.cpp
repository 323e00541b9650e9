// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "machine/cgroup.hpp"

#include <fmt/format.h>

#include <fstream>

namespace lapilli::machine {

namespace {

namespace fs = std::filesystem;

void add_with_parents(const fs::path& top, const std::string& folder, std::vector<fs::path>& folders)
{
    folders.push_back(top);
    for (const auto& part : fs::path(folder).relative_path()) folders.push_back(folders.back() / part);
}

} // namespace

CgroupFolders cgroup_folders(std::string_view controller, const fs::path& root)
{
    CgroupFolders folders;
    const fs::path top = root / "sys/fs/cgroup";
    std::ifstream groups(root / "proc/self/cgroup");
    for (std::string line; std::getline(groups, line);) { // "0::/path" or "4:cpu,cpuacct:/path"
        const auto first = line.find(':');
        const auto second = line.find(':', first + 1);
        if (first == std::string::npos || second == std::string::npos) continue;
        const std::string controllers = fmt::format(",{},", line.substr(first + 1, second - first - 1));
        const std::string folder = line.substr(second + 1);
        if (controllers == ",,")
            add_with_parents(top, folder, folders.version_2);
        else if (controllers.find(fmt::format(",{},", controller)) != std::string::npos)
            add_with_parents(top / controller, folder, folders.version_1);
    }
    return folders;
}

std::string first_line(const fs::path& path)
{
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

} // namespace lapilli::machine
