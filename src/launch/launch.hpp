// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "launch/mpirun.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lapilli::launch {

/// Whether, and how, the program starts itself under mpirun, and what it was promised by whoever started it.
struct LaunchOptions {
    std::optional<int> ranks;        ///< absent: one for each physical core
    std::optional<int> expect_ranks; ///< fail at once with any other number of ranks
    std::optional<int> expect_hosts;
    double grace_s = 20; ///< between a request to stop and the end
};

/// True where mpirun, srun or the like started this process, so that MPI_Init will find other ranks.
bool started_by_launcher();
/// Of several processes that such a launcher started, the one that speaks before MPI_Init.
bool speaks_before_init();

/// Whether lapilli-launch has started this, which starts it again after what may heal.
bool started_again_after_failures();

/// Number of ranks that the starting process asked mpirun for; absent where a person or a cluster called mpirun.
std::optional<int> promised_ranks();

/// False in a sandbox without any network interface that is up, not even the loopback: there mpirun cannot start.
bool mpirun_can_listen();

/// How the program starts itself.
struct LaunchPlan {
    Mpirun mpirun;
    int ranks = 1;
    int cores = 1;              ///< physical cores that are there: with more ranks than that, waiting ranks yield
    double grace_s = 20;        ///< as in LaunchOptions
    std::string scratch_folder; ///< for temporary files
};

/// Runs this program again, with the same arguments, on several ranks of this machine, and waits for it. SIGINT, SIGTERM and
/// SIGHUP are passed on as SIGUSR1, which mpirun hands to the ranks; after the grace they are killed. Returns the exit code
/// of the ranks, or 128 + signal if stopped.
/// @throws Error mpirun cannot be started, no rank came, a rank died, or the results could not be printed
int launch(const LaunchPlan& plan, const std::vector<std::string>& arguments);

} // namespace lapilli::launch
