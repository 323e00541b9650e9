// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "launch/start_limits.hpp"

#include <fmt/format.h>

#include <sys/resource.h>

#include <algorithm>

namespace lapilli::launch {

namespace {

// Measured with Open MPI 4.1 and 5.0, and rounded up.
constexpr rlim_t files_of_one_rank = 20;
constexpr rlim_t files_of_mpirun = 48;
constexpr rlim_t files_of_mpirun_per_rank = 8;
constexpr rlim_t address_space_of_one_rank = rlim_t{160} << 20;
constexpr rlim_t address_space_of_mpirun = rlim_t{400} << 20;

/// Open files that this process is allowed; the soft limit is raised to `needed`, as far as the hard one lets it.
rlim_t allowed_files(rlim_t needed)
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return RLIM_INFINITY;
    if (limit.rlim_cur >= needed || limit.rlim_max == limit.rlim_cur) return limit.rlim_cur;
    const rlimit raised{std::min(needed, limit.rlim_max), limit.rlim_max};
    return setrlimit(RLIMIT_NOFILE, &raised) == 0 ? raised.rlim_cur : limit.rlim_cur;
}

rlim_t allowed_address_space()
{
    rlimit limit{};
    return getrlimit(RLIMIT_AS, &limit) == 0 ? limit.rlim_cur : RLIM_INFINITY; // who has set it meant it
}

std::string limit_against(const char* what, rlim_t files, rlim_t address_space)
{
    if (const auto allowed = allowed_files(files); allowed < files)
        return fmt::format("a process may open only {} files here (ulimit -n), and {} needs {}", allowed, what, files);
    if (const auto allowed = allowed_address_space(); allowed < address_space)
        return fmt::format("a process may have only {} kB of address space here (ulimit -v), and {} needs {}", allowed >> 10,
                           what, address_space >> 10);
    return {};
}

} // namespace

std::string limit_against_mpirun(int ranks)
{
    return limit_against("mpirun", files_of_mpirun + files_of_mpirun_per_rank * ranks, address_space_of_mpirun);
}

std::string limit_against_one_rank() { return limit_against("the program", files_of_one_rank, address_space_of_one_rank); }

} // namespace lapilli::launch
