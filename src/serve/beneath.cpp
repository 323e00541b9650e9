// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/beneath.hpp"

#include "serve/answer.hpp"
#include "text/system_error.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>

namespace lapilli::serve {

namespace {

constexpr int usual = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY; // who opens a pipe does not wait

FileStamp stamp_from(const struct stat& status)
{
    return {.changed_ns = status.st_mtim.tv_sec * std::int64_t{1'000'000'000} + status.st_mtim.tv_nsec,
            .size = status.st_size};
}

/// Part by part, for kernels before Linux 5.6, and containers that forbid what they do not know.
Descriptor open_by_parts(int root, const std::string& name, int flags)
{
    Descriptor folder;
    for (std::size_t begin = 0;;) {
        const auto end = name.find('/', begin);
        const auto part = name.substr(begin, end - begin);
        const int at = folder ? folder.get() : root;
        if (part.empty() || part == "..") return Descriptor();
        if (end == std::string::npos) return Descriptor(::openat(at, part.c_str(), usual | flags));
        folder = Descriptor(::openat(at, part.c_str(), usual | O_DIRECTORY));
        if (!folder) return folder;
        begin = end + 1;
    }
}

} // namespace

Beneath::Beneath(const std::string& folder) : root_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC))
{
    if (!root_) throw text::system_error("serve", folder, errno);
}

Descriptor Beneath::open(const std::string& name, int flags) const
{
    open_how how{};
    how.flags = static_cast<decltype(how.flags)>(usual | flags);
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
    const auto opened = ::syscall(SYS_openat2, root_.get(), name.c_str(), &how, sizeof how);
    if (opened < 0 && (errno == ENOSYS || errno == EPERM)) return open_by_parts(root_.get(), name, flags);
    return Descriptor(static_cast<int>(opened));
}

Descriptor Beneath::open_folder(const std::string& name) const { return open(name, O_DIRECTORY); }

Descriptor Beneath::open_file(const std::string& name) const
{
    auto file = open(name, 0);
    if (file && !stamp_of(file.get())) {
        errno = EINVAL;
        return Descriptor();
    }
    return file;
}

Descriptor open_file_of(int folder, const char* name)
{
    Descriptor file(::openat(folder, name, usual));
    return file && stamp_of(file.get()) ? std::move(file) : Descriptor();
}

std::optional<FileStamp> stamp_of(int file)
{
    struct stat status {};
    if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
    return stamp_from(status);
}

std::optional<FileStamp> stamp_in(int folder, const char* name)
{
    struct stat status {};
    if (::fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
    return stamp_from(status);
}

std::string read_text(int file, std::int64_t offset, std::int64_t most)
{
    std::string text(static_cast<std::size_t>(most), '\0');
    std::size_t got = 0;
    while (got < text.size()) {
        const auto count = ::pread(file, text.data() + got, text.size() - got, offset + static_cast<std::int64_t>(got));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) throw refusal(503, "a file of the run cannot be read: {}", std::strerror(errno));
        if (count == 0) break;
        got += static_cast<std::size_t>(count);
    }
    text.resize(got);
    return text;
}

} // namespace lapilli::serve
