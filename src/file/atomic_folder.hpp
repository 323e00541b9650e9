// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/pending_name.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace lapilli::file {

/// A folder of files that appears under its name only when it is whole, as a PendingFile does: it is filled beside it under
/// a temporary name. What stood under the name before stays until then, and for ever if commit() is not reached. One rank,
/// not collective.
class PendingFolder {
public:
    /// @param own  names of all that such a folder has; one with anything else, or without the first, is never replaced
    /// @throws Error the path and the errno text; something else stands under the name
    PendingFolder(const std::filesystem::path& path, const std::vector<std::string>& own);
    /// Removes the temporary folder unless it was committed.
    ~PendingFolder();
    PendingFolder(const PendingFolder&) = delete;
    PendingFolder& operator=(const PendingFolder&) = delete;

    /// Adds a file, by its path in the folder, and the folders down to it. @throws Error
    void add(const std::string& name, std::span<const std::byte> bytes) const;
    /// Sync, rename, sync of the folder around. @throws Error; then what stood under the name before still does
    void commit();

private:
    std::filesystem::path path_;
    std::filesystem::path temporary_; ///< empty: committed
    std::optional<PendingName> pending_;
};

} // namespace lapilli::file
