// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/launch.hpp"

#include "cli/child_process.hpp"
#include "cli/messages.hpp"
#include "cli/stop_request.hpp"
#include "cli/terminal.hpp"
#include "error.hpp"
#include "mpirun_settings.hpp"

#include <fcntl.h>
#include <ifaddrs.h>
#include <mpi.h>
#include <net/if.h>
#include <pwd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <sstream>

namespace lapilli::cli {

namespace {

namespace fs = std::filesystem;

constexpr const char* ranks_variable = "LAPILLI_RANKS";
constexpr const char* verdict_variable = "LAPILLI_VERDICT";

bool is_set(const char* variable) { return std::getenv(variable) != nullptr; }

/// False in containers whose seccomp filter forbids it: Open MPI would then print an error for every large message.
bool may_copy_between_processes()
{
    char from = 1, to = 0;
    const iovec local{&to, 1}, remote{&from, 1};
    return process_vm_readv(getpid(), &local, 1, &remote, 1, 0) == 1;
}

/// A folder for the files that ranks share as memory, where the usual one is too small: Docker gives it 64 MB.
/// Open MPI takes 4 MiB a rank; twice that is asked for.
std::string roomy_folder(int ranks)
{
    std::error_code error;
    const auto space = fs::space("/dev/shm", error);
    if (!error && space.available / (std::uintmax_t{8} << 20) >= static_cast<std::uintmax_t>(ranks)) return {};
    return fs::temp_directory_path(error).string();
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

/// Whatever the user has set already stays.
void set_environment(const std::vector<Setting>& all)
{
    for (const auto& [variable, value] : all) setenv(variable.c_str(), value.c_str(), 0);
}

/// What mpirun of Open MPI 4 (OMPI_) and 5 (PRTE_) is told besides: it stays on this machine, and says nothing.
std::vector<Setting> for_mpirun(int ranks, int cores)
{
    std::vector<Setting> all{
        {terminal_variable, isatty(STDERR_FILENO) == 1 ? "1" : "0"},
        {"OMPI_MCA_orte_execute_quiet", "1"}, // as -q does, which Open MPI 5 does not know
        {"PRTE_MCA_prte_execute_quiet", "1"},
        {"OMPI_MCA_plm", "isolated"}, // no other machines, also inside an allocation of a batch system
        {"OMPI_MCA_ras", "^slurm"},
        {"OMPI_MCA_shmem_mmap_enable_nfs_warning", "0"},
    };
#if OMPI_MAJOR_VERSION < 5                  // 5 knows no other way of waiting than epoll
    all.emplace_back("EVENT_NOEPOLL", "1"); // with epoll, 1 of 300 ends of mpirun 4.1 prints a warning about itself
#endif
    if (const passwd* user = getpwuid(geteuid())) all.emplace_back("HOME", user->pw_dir); // mpirun 5 does not start without
    if (ranks > cores) all.emplace_back("OMPI_MCA_mpi_yield_when_idle", "1");
    if (const auto folder = roomy_folder(ranks); !folder.empty()) {
        all.emplace_back("OMPI_MCA_btl_vader_backing_directory", folder);
        all.emplace_back("OMPI_MCA_btl_sm_backing_directory", folder);
    }
    return all;
}

std::string own_path()
{
    std::error_code error;
    const auto path = fs::read_symlink("/proc/self/exe", error);
    if (error)
        throw failure("cannot find the program's own file: {}; start it with mpirun or with --ranks 1", error.message());
    return path.string();
}

} // namespace

bool started_by_launcher()
{
    // a step of one task is a person in an interactive allocation
    const char* tasks = std::getenv("SLURM_STEP_NUM_TASKS");
    if (tasks != nullptr && std::strcmp(tasks, "1") != 0) return true;
    for (const char* variable : {"OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK", "PMI_FD", "MV2_COMM_WORLD_SIZE"})
        if (is_set(variable)) return true;
    return false;
}

bool speaks_before_init()
{
    for (const char* variable : {"OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK", "MV2_COMM_WORLD_RANK", "SLURM_PROCID"})
        if (const char* rank = std::getenv(variable); rank != nullptr && started_by_launcher())
            return std::strcmp(rank, "0") == 0;
    return true;
}

bool started_again_after_failures() { return is_set("LAPILLI_RUN"); }

std::optional<int> promised_ranks()
{
    const char* ranks = std::getenv(ranks_variable);
    return ranks != nullptr ? std::optional(std::atoi(ranks)) : std::nullopt;
}

void prepare_single_rank()
{
    // alone it talks to nobody, whatever the user has set: Open MPI 5 would leave a file in /dev/shm behind, at every run
    setenv("OMPI_MCA_btl", "self", 1);
    set_environment(one_machine());
    set_environment({{"OMPI_MCA_ess_singleton_isolated", "1"}}); // no daemon for ranks that will never be spawned: 0.1 s
    // all such processes have one folder for their common memory, which the first that ends removes: the others complain
    set_environment({{"OMPI_MCA_sharedfp", "individual"}});
}

bool mpirun_can_listen()
{
    ifaddrs* first = nullptr;
    if (getifaddrs(&first) != 0) return true; // then let it try
    bool any = false;
    for (const ifaddrs* at = first; at != nullptr; at = at->ifa_next)
        any = any || ((at->ifa_flags & IFF_UP) != 0 && at->ifa_addr != nullptr &&
                      (at->ifa_addr->sa_family == AF_INET || at->ifa_addr->sa_family == AF_INET6));
    freeifaddrs(first);
    return any;
}

std::string find_mpirun()
{
    if (access(built_with_mpirun, X_OK) == 0) return built_with_mpirun;
    const char* path = std::getenv("PATH");
    std::istringstream folders(path != nullptr ? path : "");
    for (std::string folder; std::getline(folders, folder, ':');)
        if (const auto candidate = (fs::path(folder.empty() ? "." : folder) / "mpirun").string();
            access(candidate.c_str(), X_OK) == 0)
            return candidate;
    return {};
}

bool tell_starter(int code)
{
    const char* path = std::getenv(verdict_variable);
    const int file = path != nullptr ? open(path, O_WRONLY | O_CLOEXEC) : -1;
    if (file < 0) return false;
    const bool told = write(file, &code, sizeof code) == ssize_t{sizeof code};
    return close(file) == 0 && told;
}

int launch(const std::string& mpirun, int ranks, int cores, double grace_s, const std::vector<std::string>& arguments)
{
    std::vector<std::string> command{mpirun, "-np", std::to_string(ranks), own_path()};
    command.insert(command.end(), arguments.begin(), arguments.end());
    set_environment(one_machine());
    set_environment({std::begin(mpirun_settings), std::end(mpirun_settings)});
    set_environment(for_mpirun(ranks, cores));
    setenv(ranks_variable, std::to_string(ranks).c_str(), 1);

    const int verdict = memfd_create("lapilli-verdict", MFD_CLOEXEC); // reached by its path, since mpirun passes on no files
    if (verdict >= 0)
        setenv(verdict_variable, ("/proc/" + std::to_string(getpid()) + "/fd/" + std::to_string(verdict)).c_str(), 1);

    const Ending ending = run_child(command, grace_s);
    int told = 0;
    const bool has_told = verdict >= 0 && pread(verdict, &told, sizeof told, 0) == ssize_t{sizeof told};
    if (verdict >= 0) close(verdict);
    if ((ending.stopped_by != 0 || ending.code > 128) && stderr_is_terminal()) clear_line(); // the ranks could not
    const bool done = ending.code == 0 && !has_told; // before the signal came to anything
    if (ending.stopped_by != 0) return done ? 0 : stopped_exit_code(ending.stopped_by);
    if (ending.code > 128)
        throw failure(
            "a rank was ended by signal {} ({}); if that was for want of memory, use fewer voxels or more machines",
            ending.code - 128, strsignal(ending.code - 128));
    const int code = has_told && ending.code == 0 ? told : ending.code;
    const bool has_results = code == static_cast<int>(ExitCode::done) || code == static_cast<int>(ExitCode::not_converged);
    if (has_results && !ending.printed) throw lost_output();
    return code;
}

} // namespace lapilli::cli
