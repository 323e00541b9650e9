// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>

namespace lapilli::file {

/// The temporary name of a file or folder that is not whole yet, for as long as this lives: a process that a signal ends
/// removes what stands under such names. Of more than 64 at a time, and of very long ones, nothing is remembered.
class PendingName {
public:
    explicit PendingName(const std::filesystem::path& path);
    ~PendingName();
    PendingName(const PendingName&) = delete;
    PendingName& operator=(const PendingName&) = delete;

private:
    int place_ = -1; ///< none
};

/// Removes all that this process has not finished, folders with what is in them. Only calls that are allowed in a signal
/// handler.
void remove_pending_in_handler();

} // namespace lapilli::file
