// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace lapilli::launch {

struct Ending {
    int code = 0;           ///< exit code, or 128 + signal
    int stopped_by = 0;     ///< the signal that asked this process to stop meanwhile; 0: none
    bool printed = true;    ///< whether all that it printed has arrived
    bool started = false;   ///< whether its ranks were there
    bool hung = false;      ///< whether it was ended because they did not come
    std::string last_words; ///< what it said to the standard error while they were not, and nobody has seen yet
};

/// Runs mpirun, given by its path, and waits for its end. The first SIGINT, SIGTERM, SIGHUP or SIGUSR1 that reaches this
/// process becomes SIGUSR1 there, which it passes on to its ranks; after the grace, or at a second signal, SIGTERM, with
/// which it kills them; and 10 s later SIGKILL. SIGTSTP (Ctrl-Z) stops all of them until this process is continued. Its
/// stdin is empty, and what it prints is passed on, since mpirun says nothing where it cannot print; to the standard error
/// only once its ranks are there, and after a request to stop only the program's own lines. It dies with this process. When
/// its ranks do not come, it is ended: 4 s after it has said what is wrong, or 3 min after it began.
/// @param has_started  whether the ranks are there, asked again and again until they are
/// @throws Error it cannot be started
Ending run_child(const std::vector<std::string>& command, double grace_s, const std::function<bool()>& has_started);

} // namespace lapilli::launch
