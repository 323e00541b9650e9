// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lapilli::launch {

/// Where MPI keeps the temporary files of a run.
struct ScratchFolder {
    std::string path; ///< empty: none is usable
    std::string
        remarks; ///< which folders before it are not, and why, e.g. "TMPDIR=/scratch is read-only"; empty: the first is
};

/// The first of `folders` that takes files, and so many bytes [B]. Makes a file there and removes it.
/// @param folders  by what they are called in remarks, and their paths
ScratchFolder find_scratch_folder(std::uint64_t bytes, const std::vector<std::pair<std::string, std::string>>& folders);

/// What MPI would take, the first of TMPDIR, TEMP, TMP and /tmp that is set, then what every system has.
std::vector<std::pair<std::string, std::string>> usual_scratch_folders();

} // namespace lapilli::launch
