// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "file/folder_files.hpp"

#include "core/error.hpp"

#include <cerrno>
#include <cstring>

#include <sys/stat.h>

namespace lapilli::file {

namespace {

std::optional<FileStamp> stamp_from(const struct stat& status)
{
    if (!S_ISREG(status.st_mode)) return std::nullopt;
    return FileStamp{.changed_ns = status.st_mtim.tv_sec * std::int64_t{1'000'000'000} + status.st_mtim.tv_nsec,
                     .size = status.st_size};
}

} // namespace

Descriptor open_folder(const std::string& path)
{
    return Descriptor(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

Descriptor open_file_of(int folder, const char* name)
{
    Descriptor file(::openat(folder, name, as_it_lies));
    if (!file || stamp_of(file.get())) return file;
    errno = ENOENT;
    return {};
}

std::optional<FileStamp> stamp_of(int file)
{
    struct stat status {};
    return ::fstat(file, &status) == 0 ? stamp_from(status) : std::nullopt;
}

std::optional<FileStamp> stamp_in(int folder, const char* name)
{
    struct stat status {};
    return ::fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 ? stamp_from(status) : std::nullopt;
}

std::string read_text(int file, std::int64_t offset, std::int64_t most)
{
    std::string text(static_cast<std::size_t>(most), '\0');
    std::size_t got = 0;
    while (got < text.size()) {
        const auto count = ::pread(file, text.data() + got, text.size() - got, offset + static_cast<std::int64_t>(got));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) throw failure("a file of the run cannot be read: {}; try again later", std::strerror(errno));
        if (count == 0) break;
        got += static_cast<std::size_t>(count);
    }
    text.resize(got);
    return text;
}

} // namespace lapilli::file
