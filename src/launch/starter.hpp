// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <optional>

namespace lapilli::launch {

/// What the ranks tell the process that has started them by mpirun: a file without a name, which they reach through /proc,
/// since mpirun passes on no open files. Where that cannot be, they count as started, and tell no exit code.
class RankReports {
public:
    /// Says in the environment where the file is.
    RankReports();
    ~RankReports();
    RankReports(const RankReports&) = delete;
    RankReports& operator=(const RankReports&) = delete;

    bool ranks_are_here() const;
    std::optional<int> exit_code() const;

private:
    int file_;
};

/// Tells the starting process that MPI has started. Nothing where a person or a cluster called mpirun.
void tell_starter_hello();

/// Tells it the exit code, so that the ranks can all end with 0: mpirun of Open MPI 5 prints a banner about every other end.
/// False where a person or a cluster called mpirun.
bool tell_starter(int code);

} // namespace lapilli::launch
