// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

namespace lapilli::cli {

struct Ending {
    int code = 0;       ///< exit code, or 128 + signal
    int stopped_by = 0; ///< the signal that asked this process to stop meanwhile; 0: none
};

/// Runs a program, given by its path, and waits for its end. SIGINT, SIGTERM and SIGHUP that reach this process are passed
/// on to it, once each, and end it for good after 10 s. Its stdin is empty; it dies with this process.
/// @throws Error it cannot be started
Ending run_child(const std::vector<std::string>& command);

} // namespace lapilli::cli
