// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "serve/descriptor.hpp"

#include <cstdint>
#include <optional>
#include <string>

#include <sys/types.h>

namespace lapilli::serve {

/// When a file was last changed [ns since 1970], and its size [bytes].
struct FileStamp {
    std::int64_t changed_ns = 0, size = 0;

    bool operator==(const FileStamp&) const = default;
    double changed_s() const { return static_cast<double>(changed_ns) * 1e-9; }
};

/// A folder whose files others write: whoever may, could put links, pipes and devices there. Below it, nothing is opened but
/// regular files and folders that really lie there; links are not followed, neither the last part of a name nor any before.
class Beneath {
public:
    /// @throws Error there is no such folder
    explicit Beneath(const std::string& folder);

    /// A folder or a regular file; empty with `errno` where there is none of that kind.
    Descriptor open_folder(const std::string& name) const;
    Descriptor open_file(const std::string& name) const;
    int descriptor() const { return root_.get(); }

private:
    Descriptor open(const std::string& name, int flags) const;

    Descriptor root_;
};

/// A regular file of an open folder, by its name alone; empty where there is none.
Descriptor open_file_of(int folder, const char* name);
/// Nothing where it is no regular file.
std::optional<FileStamp> stamp_of(int file);
std::optional<FileStamp> stamp_in(int folder, const char* name);

/// Up to so many bytes from an offset, as many as there are. @throws Refusal 503 the disk fails
std::string read_text(int file, std::int64_t offset, std::int64_t most);

} // namespace lapilli::serve
