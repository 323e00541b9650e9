// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace lapilli::machine {

/// Folders whose limits this process is under, of both versions of cgroups: its own and those above it, the top first.
struct CgroupFolders {
    std::vector<std::filesystem::path> version_1;
    std::vector<std::filesystem::path> version_2;
};

/// The path in /proc/self/cgroup may be that of the host, of which a container sees only the top: folders may be missing.
/// @param controller  "cpu", "memory"
/// @param root        where /sys and /proc are looked up
CgroupFolders cgroup_folders(std::string_view controller, const std::filesystem::path& root);

/// The first line of a file, empty if it cannot be read.
std::string first_line(const std::filesystem::path& path);

} // namespace lapilli::machine
