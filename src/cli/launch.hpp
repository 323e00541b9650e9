// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <optional>

namespace lapilli::cli {

/// True if this process was started by mpirun, srun or another launcher.
bool under_launcher();

/// This process's rank as the launcher says it, before MPI is initialised; 0 without one.
int launched_rank();

/// True if a person watches stderr, also through mpirun.
bool on_terminal();

/// Physical cores this process may use: those of its affinity, at most its cgroup's share of CPU time.
int available_cores();

/// Runs this program again under mpirun with `ranks` processes and returns its exit code: 130 or 143 after SIGINT or SIGTERM, which it passes on.
/// Nothing if there is no mpirun.
std::optional<int> run_under_mpirun(int ranks, char** argv);

}  // namespace lapilli::cli
