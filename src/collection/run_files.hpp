// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "collection/run_state.hpp"
#include "file/folder_files.hpp"

#include <optional>
#include <string>

namespace lapilli::collection {

/// The stamps of the files that tell what a run does; those that are not there have none.
struct RunStamps {
    std::optional<file::FileStamp> result, progress, lease;

    bool operator==(const RunStamps&) const = default;
    bool any() const { return result || progress; }
    double beat_s() const; ///< when the last of them was changed [s since 1970]
};

/// Of an open folder, as are the functions below. Links are passed over, as whatever else is no file.
RunStamps stamps_of(int folder);

/// Both ends of progress.jsonl, without a line in common; the second one is empty where the first has all.
struct ProgressEnds {
    std::string first, last;
};

/// Empty where there is no such file. @throws Error it may not be read, the disk fails
ProgressEnds progress_ends(int folder);

/// What a run is doing. @throws Error as progress_ends
RunState state_of(int folder, const RunStamps& stamps, double now_s);

} // namespace lapilli::collection
