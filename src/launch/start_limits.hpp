// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace lapilli::launch {

/// Which limit of this process (ulimit) keeps mpirun from starting `ranks` ranks, e.g. "a process may open only 30 files
/// here (ulimit -n), and mpirun needs 64"; empty: none. The limit of open files is raised where that is allowed.
std::string limit_against_mpirun(int ranks);

/// The same for a single rank without mpirun.
std::string limit_against_one_rank();

} // namespace lapilli::launch
