// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace lapilli::launch {

/// From now on SIGUSR1, SIGTERM, SIGINT and SIGHUP end this process at once, files that are not whole being removed and a
/// live line on the terminal cleared, and with the exit code of a run that was stopped also after SIGUSR1, which mpirun
/// passes on to its ranks.
/// @param grace_s  for DeferredStop
void stop_at_signals(double grace_s);

/// While it lives such a signal is noted instead, for somebody to ask whether there is one. The process still ends when the
/// grace is over, or at a second Ctrl-C. One at a time.
class DeferredStop {
public:
    DeferredStop();
    ~DeferredStop();
    DeferredStop(const DeferredStop&) = delete;
    DeferredStop& operator=(const DeferredStop&) = delete;

    bool requested() const;
    double grace_left_s() const; ///< since the first request
};

/// 128 + the signal; SIGUSR1 stands for SIGTERM.
int stopped_exit_code(int signal);
/// The same of the signal that this process was asked by.
int stopped_exit_code();

} // namespace lapilli::launch
