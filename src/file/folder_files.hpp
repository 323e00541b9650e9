// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Files of a folder that others write: whoever may, could put links, pipes and devices there. A file is opened by its name
// within the open folder, and is then a regular file that really lies there. One process, not collective.
#pragma once

#include "file/descriptor.hpp"

#include <cstdint>
#include <optional>
#include <string>

#include <fcntl.h>

namespace lapilli::file {

/// How to open what is there only: links are not followed, and who opens a pipe does not wait.
inline constexpr int as_it_lies = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;

/// When a file was last changed [ns since 1970], and its size [bytes].
struct FileStamp {
    std::int64_t changed_ns = 0, size = 0;

    bool operator==(const FileStamp&) const = default;
    double changed_s() const { return static_cast<double>(changed_ns) * 1e-9; }
};

/// A folder, by whatever leads to it; empty with `errno` where there is none.
Descriptor open_folder(const std::string& path);

/// A regular file of an open folder, by its name alone; empty with `errno` where there is none.
Descriptor open_file_of(int folder, const char* name);

/// Nothing where it is no regular file.
std::optional<FileStamp> stamp_of(int file);
std::optional<FileStamp> stamp_in(int folder, const char* name);

/// Up to so many bytes from an offset, as many as there are. @throws Error the disk fails
std::string read_text(int file, std::int64_t offset, std::int64_t most);

} // namespace lapilli::file
