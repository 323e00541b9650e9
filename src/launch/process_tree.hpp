// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <sys/types.h>

namespace lapilli::launch {

/// Sends a signal to a process and to all that it has started, those that they have started, and so on; parents first, so
/// that they see no child stop and start nothing new. Processes that are ours only: what may not be signalled is left out.
void signal_tree(pid_t root, int signal);

} // namespace lapilli::launch
