// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"

#include <mpi.h>

namespace lapilli::bench {

/// Seconds of the slowest rank since the last lap. All ranks start each lap together.
class Timer {
public:
    /// Collective.
    explicit Timer(const parallel::Communicator& comm) : comm_(comm)
    {
        comm_.barrier();
        begin_ = MPI_Wtime();
    }
    /// Ends a lap and starts the next. Collective.
    double lap()
    {
        const double seconds = comm_.max(MPI_Wtime() - begin_);
        begin_ = MPI_Wtime();
        return seconds;
    }

private:
    parallel::Communicator comm_;
    double begin_ = 0;
};

} // namespace lapilli::bench
