// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "parallel/session.hpp"

#include <mpi.h>

#include <cstdlib>
#include <exception>

namespace lapilli::parallel {

Session::Session(int& argc, char**& argv) : exceptions_(std::uncaught_exceptions())
{
    int provided = 0;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided);
}

Session::~Session()
{
    if (std::uncaught_exceptions() == exceptions_) MPI_Finalize();
}

void abort_all(int code)
{
    MPI_Abort(MPI_COMM_WORLD, code);
    std::abort();
}

}  // namespace lapilli::parallel
