// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/sweep_cases.hpp"
#include "cli/verb.hpp"

#include <optional>

namespace lapilli::cli {

/// Runs the cases of a sweep one after the other, each as if it were alone; those whose results are there already only have
/// their image read. What fails does not stop the rest, and is listed in the end. Then writes sweep.csv into the folder of
/// the sweep. Collective.
/// @param index  of the one case to be run, without a table; absent: all
/// @return that of the cases; of several that failed 1, if any may go well another time, else the largest
/// @throws Error a value that its option refuses, before anything is run; a request to stop
ExitCode run_sweep(const parallel::Communicator& comm, Sweep sweep, std::optional<int> index);

/// Prints what would be run. One process.
ExitCode list_sweep(Sweep sweep);

} // namespace lapilli::cli
