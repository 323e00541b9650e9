// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

namespace lapilli::cli {

struct Ending {
    int code = 0;        ///< exit code, or 128 + signal
    int stopped_by = 0;  ///< the signal that asked this process to stop meanwhile; 0: none
    bool printed = true; ///< whether all that it printed has arrived
};

/// Runs mpirun, given by its path, and waits for its end. The first SIGINT, SIGTERM, SIGHUP or SIGUSR1 that reaches this
/// process becomes SIGUSR1 there, which it passes on to its ranks; after the grace, or at a second signal, SIGTERM, with
/// which it kills them; and 10 s later SIGKILL. Its stdin is empty, and what it prints is passed on, since mpirun says
/// nothing where it cannot print; it dies with this process.
/// @throws Error it cannot be started
Ending run_child(const std::vector<std::string>& command, double grace_s);

} // namespace lapilli::cli
