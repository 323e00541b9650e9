// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "parallel/session.hpp"

#include <dlfcn.h>
#include <malloc.h>
#include <mpi.h>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <limits>

namespace lapilli::parallel {

namespace {

/// Ends the job through PMIx, if the MPI library has loaded it. MPI_Abort does the same, but prints ten lines about itself.
/// Measured with Open MPI 4.1: after this, mpirun returns `code` and prints nothing.
bool end_job_quietly(int code)
{
    using PmixAbort = int (*)(int status, const char* message, void* processes, std::size_t count);
    for (const char* library : {"libpmix.so.2", "libpmix.so"}) {
        void* pmix = dlopen(library, RTLD_LAZY | RTLD_NOLOAD);
        if (pmix == nullptr) continue;
        const auto abort = reinterpret_cast<PmixAbort>(dlsym(pmix, "PMIx_Abort"));
        return abort != nullptr && abort(code, nullptr, nullptr, 0) == 0;
    }
    return false;
}

/// Freed memory stays with the process, for the next vectors: to fetch each of their pages from the system anew takes a
/// twentieth of a flow solve.
void keep_freed_memory()
{
#if defined(__GLIBC__)
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
    mallopt(M_TOP_PAD, 64 << 20);
#endif
}

} // namespace

Session::Session(int& argc, char**& argv) : exceptions_(std::uncaught_exceptions())
{
    keep_freed_memory();
    int provided = 0;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided);
}

Session::~Session()
{
    if (std::uncaught_exceptions() == exceptions_) MPI_Finalize();
}

void abort_all(int code)
{
    std::fflush(nullptr);
    if (!end_job_quietly(code)) MPI_Abort(MPI_COMM_WORLD, code);
    std::_Exit(code);
}

void leave_together(const Communicator& world, int code)
{
    std::fflush(nullptr);
    world.barrier(); // whoever has something to say has said it
    if (end_job_quietly(code)) std::_Exit(code);
}

} // namespace lapilli::parallel
