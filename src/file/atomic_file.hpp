// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/pending_name.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace lapilli::file {

/// A file that appears under its name only when it is whole: it is written beside it under a temporary name, synced,
/// renamed, and its folder synced. What stood under the name before stays until then, and for ever if commit() is not
/// reached, also where a signal ends the process. A symbolic link is followed; a folder, a device, a pipe and a read-only
/// file are refused. One rank, not collective.
class PendingFile {
public:
    /// @throws Error the path and the errno text: no such folder, no permission, disk full
    explicit PendingFile(const std::filesystem::path& path);
    /// Removes the temporary file unless it was committed.
    ~PendingFile();
    PendingFile(const PendingFile&) = delete;
    PendingFile& operator=(const PendingFile&) = delete;

    const std::filesystem::path& path() const { return path_; }
    /// Where libraries that open files themselves write.
    const std::filesystem::path& temporary() const { return temporary_; }

    /// Adds bytes behind those that were written before. @throws Error
    void write(std::span<const std::byte> bytes);
    /// Goes on behind what others have written to the temporary file meanwhile.
    void go_to_end();
    /// Gives a file that is empty so far its size, and takes the space where the file system can, so that a full disk is met
    /// before the work. @throws Error
    void reserve(std::int64_t bytes);
    /// Cuts the file, or makes it longer by zeros that take no space. @throws Error
    void resize(std::int64_t bytes);
    /// So that other machines see what has been written. @throws Error
    void sync();
    /// Sync, rename, sync of the folder. @throws Error; then nothing stands under the name that did not before
    void commit();

private:
    std::filesystem::path path_;
    std::filesystem::path temporary_;
    std::optional<PendingName> pending_; ///< until it is committed
    int descriptor_ = -1;
};

/// Replaces the file by that text, whole or not at all. @throws Error with path and errno text
void write_file(const std::filesystem::path& path, std::string_view text);

/// How long the name is without the tag that a temporary file has behind it; all of it where there is none.
std::size_t name_without_tag(std::string_view name);

/// A new temporary name beside a file or folder that is to appear under its own when it is whole.
std::filesystem::path temporary_beside(const std::filesystem::path& path);

/// Adds all bytes to an open file. @param shown  the name in errors. @throws Error path and errno text
void write_all(int descriptor, std::span<const std::byte> bytes, const std::string& shown);

/// So that a name that has been given or taken stays so after a power failure. @throws Error
void sync_folder_of(const std::filesystem::path& path);

/// Removes what processes that were killed have left of this file while they wrote it; what cannot be removed stays. Not
/// while others write it.
void remove_abandoned(const std::filesystem::path& path);

} // namespace lapilli::file
