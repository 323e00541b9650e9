// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "launch/scratch_folder.hpp"

#include <fmt/format.h>

#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace lapilli::launch {

namespace {

/// What a file that is made there meets: "is read-only"; empty where it can be made.
std::string trouble_with_a_file(const std::string& folder)
{
    std::string name = folder + "/lapilli-XXXXXX";
    const int file = mkostemp(name.data(), 0);
    if (file < 0) switch (errno) {
        case EROFS:
            return "is read-only";
        case EACCES:
        case EPERM:
            return "may not be written";
        case ENOSPC:
        case EDQUOT:
            return "is full";
        case EMFILE:
            return {}; // no fault of the folder
        default:
            return fmt::format("takes no files ({})", std::strerror(errno));
        }
    unlink(name.c_str());
    close(file);
    return {};
}

/// Why MPI cannot use a folder; empty if it can.
std::string trouble_with(const std::string& folder, std::uint64_t bytes)
{
    struct stat status {};
    if (stat(folder.c_str(), &status) != 0)
        return errno == ENOENT ? "does not exist" : fmt::format("cannot be entered ({})", std::strerror(errno));
    if (!S_ISDIR(status.st_mode)) return "is not a folder";
    if (auto trouble = trouble_with_a_file(folder); !trouble.empty()) return trouble;
    struct statvfs space {};
    if (statvfs(folder.c_str(), &space) != 0) return {};
    const std::uint64_t left = std::uint64_t{space.f_bavail} * space.f_frsize;
    if (left >= bytes) return {};
    return fmt::format("is full ({:.1f} MB left, {:.1f} MB needed)", left * 1e-6, bytes * 1e-6);
}

} // namespace

ScratchFolder find_scratch_folder(std::uint64_t bytes, const std::vector<std::pair<std::string, std::string>>& folders)
{
    ScratchFolder found;
    for (const auto& [name, path] : folders) {
        const auto trouble = trouble_with(path, bytes);
        if (trouble.empty()) {
            found.path = path;
            return found;
        }
        found.remarks += fmt::format("{}{} {}", found.remarks.empty() ? "" : ", ", name, trouble);
    }
    return found;
}

std::vector<std::pair<std::string, std::string>> usual_scratch_folders()
{
    std::vector<std::pair<std::string, std::string>> all;
    for (const char* variable : {"TMPDIR", "TEMP", "TMP"})
        if (const char* path = std::getenv(variable); path != nullptr && *path != '\0') {
            all.emplace_back(std::string(variable) + "=" + path, path);
            break;
        }
    for (const char* path : {"/tmp", "/var/tmp", "/dev/shm"})
        if (all.empty() || all.front().second != path) all.emplace_back(path, path);
    return all;
}

} // namespace lapilli::launch
