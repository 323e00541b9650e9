// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/folder_names.hpp"

#include <algorithm>
#include <memory>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lapilli::serve {

namespace {

bool is_folder(int parent, const dirent& entry)
{
    if (entry.d_type != DT_UNKNOWN) return entry.d_type == DT_DIR;
    struct stat status {};
    return ::fstatat(parent, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode);
}

} // namespace

std::vector<std::string> folder_names(int folder, std::size_t most)
{
    std::vector<std::string> names;
    const int own = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC); // whose place in the folder is its own
    const std::unique_ptr<DIR, int (*)(DIR*)> open(own < 0 ? nullptr : ::fdopendir(own), ::closedir);
    if (!open) {
        if (own >= 0) ::close(own);
        return names;
    }
    while (const auto* entry = ::readdir(open.get()))
        if (entry->d_name[0] != '.' && names.size() < most && is_folder(folder, *entry)) names.emplace_back(entry->d_name);
    std::ranges::sort(names);
    return names;
}

} // namespace lapilli::serve
