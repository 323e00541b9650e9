// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "launch/mpi_environment.hpp"

#include "mpirun_settings.hpp"
#include "parallel/library_version.hpp"
#include "terminal/terminal.hpp"

#include <pwd.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <utility>
#include <vector>

namespace lapilli::launch {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t shared_memory_of_a_rank = std::uint64_t{8} << 20; // Open MPI takes 4 MiB; twice that is asked for
constexpr std::uint64_t files_of_mpirun = std::uint64_t{12} << 20;        // it takes 8 MB, on any number of ranks

/// False in containers whose seccomp filter forbids it: Open MPI would then print an error for every large message.
bool may_copy_between_processes()
{
    char from = 1, to = 0;
    const iovec local{&to, 1}, remote{&from, 1};
    return process_vm_readv(getpid(), &local, 1, &remote, 1, 0) == 1;
}

/// False where the memory that ranks share does not fit into its usual place: Docker gives it 64 MB.
bool has_room_for_shared_memory(int ranks)
{
    std::error_code error;
    const auto space = fs::space("/dev/shm", error);
    return !error && std::cmp_greater_equal(space.available / shared_memory_of_a_rank, ranks);
}

using Setting = std::pair<std::string, std::string>;

/// What makes Open MPI start fast on one machine, whatever networks it finds: 0.1 s instead of 0.3 s.
std::vector<Setting> one_machine()
{
    std::vector<Setting> all{
        {"OMPI_MCA_pml", "ob1"},
        {"OMPI_MCA_btl", "^tcp,openib,ofi,uct,usnic"}, // what is left is shared memory, under its name of any version
        {"OMPI_MCA_btl_base_warn_component_unused", "0"},
        {"OMPI_MCA_mca_base_component_show_load_errors", "0"},
        {"HWLOC_HIDE_ERRORS", "2"},              // it says where a sandbox does not describe its cores in /sys
        {"RES_OPTIONS", "timeout:1 attempts:1"}, // it asks for this machine's name; bare containers have no answer
    };
    if (!may_copy_between_processes()) all.emplace_back("OMPI_MCA_btl_vader_single_copy_mechanism", "none");
    return all;
}

/// Without a home mpirun 5 does not start, and 4 crashes.
Setting home(const std::string& scratch_folder)
{
    const passwd* user = getpwuid(geteuid()); // none in a container that runs as any user
    return {"HOME", user != nullptr ? user->pw_dir : scratch_folder};
}

/// Whatever the user has set already stays.
void set_environment(const std::vector<Setting>& all)
{
    for (const auto& [variable, value] : all) setenv(variable.c_str(), value.c_str(), 0);
}

/// What mpirun of Open MPI 4 (OMPI_) and 5 (PRTE_) is told besides: it stays on this machine, and says nothing.
std::vector<Setting> for_mpirun(int ranks, int cores, const std::string& scratch_folder)
{
    std::vector<Setting> all{
        {terminal::terminal_variable, isatty(STDERR_FILENO) == 1 ? "1" : "0"},
        {"COLUMNS", std::to_string(terminal::terminal_columns())},
        {"OMPI_MCA_orte_execute_quiet", "1"}, // as -q does, which Open MPI 5 does not know
        {"PRTE_MCA_prte_execute_quiet", "1"},
        {"OMPI_MCA_plm", "isolated"}, // no other machines, also inside an allocation of a batch system
        {"OMPI_MCA_ras", "^slurm"},
        {"OMPI_MCA_shmem_mmap_enable_nfs_warning", "0"},
    };
    // with epoll, 1 of 300 ends of mpirun 4.1 prints a warning about itself; 5 knows no other way of waiting
    if (parallel::open_mpi_major() < 5) all.emplace_back("EVENT_NOEPOLL", "1");
    if (ranks > cores) all.emplace_back("OMPI_MCA_mpi_yield_when_idle", "1");
    if (!has_room_for_shared_memory(ranks)) {
        all.emplace_back("OMPI_MCA_btl_vader_backing_directory", scratch_folder);
        all.emplace_back("OMPI_MCA_btl_sm_backing_directory", scratch_folder);
    }
    return all;
}

} // namespace

std::uint64_t scratch_bytes(int ranks)
{
    if (ranks == 1) return std::uint64_t{64} << 10;
    return files_of_mpirun + (has_room_for_shared_memory(ranks) ? 0 : ranks * shared_memory_of_a_rank);
}

void prepare_mpirun(int ranks, int cores, const std::string& scratch_folder)
{
    set_environment(one_machine());
    set_environment({std::begin(mpirun_settings), std::end(mpirun_settings)});
    set_environment(for_mpirun(ranks, cores, scratch_folder));
    set_environment({home(scratch_folder)});
}

void prepare_single_rank(const std::string& scratch_folder)
{
    set_environment({home(scratch_folder)});
    // alone it talks to nobody, whatever the user has set: Open MPI 5 would leave a file in /dev/shm behind, at every run
    setenv("OMPI_MCA_btl", "self", 1);
    set_environment(one_machine());
    set_environment({{"OMPI_MCA_ess_singleton_isolated", "1"}}); // no daemon for ranks that will never be spawned: 0.1 s
    // all such processes of a user have the same folder, and one that ends removes it under one that begins: 3 of 100 failed
    set_environment({{"OMPI_MCA_orte_create_session_dirs", "0"}});
    // all such processes have one folder for their common memory, which the first that ends removes: the others complain
    set_environment({{"OMPI_MCA_sharedfp", "individual"}});
}

} // namespace lapilli::launch
