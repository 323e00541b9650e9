// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "file/pending_name.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <string_view>

#include <dirent.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace lapilli::file {
namespace {

struct Place {
    std::atomic<bool> taken{false};
    std::atomic<pid_t> owner{0}; ///< 0: there is no name; a process that was forked off owns none
    std::array<char, PATH_MAX> path{};
};

std::array<Place, 64> places; // what a signal handler works with; it can be given nothing

void remove_tree(int folder, const char* name);

/// Removes what is in a folder. @returns whether there was anything
bool remove_entries(int folder)
{
    alignas(dirent64) std::array<char, 4096> entries;
    bool any = false;
    ::lseek(folder, 0, SEEK_SET);
    // readdir() takes memory, which a handler must not
    while (const auto bytes = std::max(0L, ::syscall(SYS_getdents64, folder, entries.data(), entries.size()))) {
        for (long at = 0; at < bytes;) {
            const auto* entry = reinterpret_cast<const dirent64*>(entries.data() + at);
            at += entry->d_reclen;
            const std::string_view name = entry->d_name;
            if (name == "." || name == "..") continue;
            remove_tree(folder, entry->d_name);
            any = true;
        }
    }
    return any;
}

void remove_tree(int parent, const char* name)
{
    if (::unlinkat(parent, name, 0) == 0 || (errno != EISDIR && errno != EPERM)) return;
    const int folder = ::openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0) return;
    constexpr int most = 8; // some file systems skip entries while others are removed
    for (int again = 0; again < most && remove_entries(folder); ++again) {
    }
    ::close(folder);
    ::unlinkat(parent, name, AT_REMOVEDIR);
}

} // namespace

PendingName::PendingName(const std::filesystem::path& path)
{
    const auto& name = path.native();
    if (name.size() >= PATH_MAX) return;
    for (std::size_t i = 0; i < places.size(); ++i) {
        auto& place = places[i];
        if (place.taken.exchange(true)) continue;
        *std::ranges::copy(name, place.path.begin()).out = '\0';
        place.owner = ::getpid();
        place_ = i;
        return;
    }
}

PendingName::~PendingName()
{
    if (place_ < 0) return;
    places[place_].owner = 0;
    places[place_].taken = false;
}

void remove_pending_in_handler()
{
    const pid_t self = ::getpid();
    for (const auto& place : places)
        if (place.owner == self) remove_tree(AT_FDCWD, place.path.data());
}

} // namespace lapilli::file
