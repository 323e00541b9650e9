// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/launch.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

namespace lapilli::cli {

namespace {

constexpr const char* terminal_variable = "LAPILLI_TERMINAL";

volatile sig_atomic_t stop_signal = 0;  // written by the handler below, read by the loop that waits
void note_signal(int signal) { stop_signal = signal; }

/// The line of a file of the system, or nothing.
std::string first_line(const std::string& path)
{
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

/// CPUs that the cgroup's quota is worth, rounded up; a large number without a quota.
int quota_cores()
{
    const std::string limit = first_line("/sys/fs/cgroup/cpu.max");
    double quota = 0;
    double period = 0;
    if (std::sscanf(limit.c_str(), "%lf %lf", &quota, &period) != 2 || period <= 0) return 1 << 20;
    return std::max(1, static_cast<int>((quota + period - 1) / period));
}

/// What mpirun needs to hear to run here: as root, in a container, with more ranks than cores, on one machine only.
void set_environment(bool oversubscribed)
{
    const auto set = [](const char* name, const char* value) { setenv(name, value, 0); };  // the user's settings win
    if (geteuid() == 0) {
        set("OMPI_ALLOW_RUN_AS_ROOT", "1");
        set("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1");
        set("PRTE_ALLOW_RUN_AS_ROOT", "1");
        set("PRTE_ALLOW_RUN_AS_ROOT_CONFIRM", "1");
    }
    set("OMPI_MCA_btl", "^tcp,openib,ofi,uct,usnic");  // shared memory is all that is needed, and it starts faster
    set("OMPI_MCA_pml", "ob1");
    set("OMPI_MCA_btl_base_warn_component_unused", "0");
    set("OMPI_MCA_mca_base_component_show_load_errors", "0");
    set("OMPI_MCA_hwloc_base_binding_policy", "none");
    set("PRTE_MCA_hwloc_default_binding_policy", "none");
    if (oversubscribed) {
        set("OMPI_MCA_rmaps_base_oversubscribe", "1");
        set("PRTE_MCA_rmaps_default_mapping_policy", ":oversubscribe");
        set("OMPI_MCA_mpi_yield_when_idle", "1");
    }
    set(terminal_variable, isatty(STDERR_FILENO) != 0 ? "1" : "0");
}

/// In the child: becomes mpirun; does not come back unless there is none.
void become_mpirun(int ranks, char** argv)
{
    const std::string count = std::to_string(ranks);
    const std::string self = std::filesystem::read_symlink("/proc/self/exe").string();
    std::vector<const char*> arguments{"mpirun", "-q", "-np", count.c_str(), self.c_str()};
    for (char** a = argv + 1; *a != nullptr; ++a) arguments.push_back(*a);
    arguments.push_back(nullptr);
    const int nothing = open("/dev/null", O_RDONLY);
    dup2(nothing, STDIN_FILENO);
    execvp("mpirun", const_cast<char**>(arguments.data()));
}

bool is_in_path(const char* program)
{
    const char* path = std::getenv("PATH");
    std::string folders = path != nullptr ? path : "/usr/bin:/bin";
    for (std::size_t at = 0; at <= folders.size();) {
        const auto end = std::min(folders.find(':', at), folders.size());
        if (access((folders.substr(at, end - at) + "/" + program).c_str(), X_OK) == 0) return true;
        at = end + 1;
    }
    return false;
}

}  // namespace

bool under_launcher()
{
    for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK", "SLURM_PROCID"})
        if (std::getenv(name) != nullptr) return true;
    return false;
}

int launched_rank()
{
    for (const char* name : {"OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK", "SLURM_PROCID"})
        if (const char* rank = std::getenv(name)) return std::atoi(rank);
    return 0;
}

bool on_terminal()
{
    if (const char* told = std::getenv(terminal_variable)) return std::strcmp(told, "1") == 0;
    return isatty(STDERR_FILENO) != 0;
}

int available_cores()
{
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return 1;
    std::set<std::string> cores;  // a core is named by the list of its hardware threads
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
        if (!CPU_ISSET(cpu, &allowed)) continue;
        const auto siblings = first_line(fmt::format("/sys/devices/system/cpu/cpu{}/topology/thread_siblings_list", cpu));
        cores.insert(siblings.empty() ? std::to_string(cpu) : siblings);
    }
    return std::max(1, std::min(static_cast<int>(cores.size()), quota_cores()));
}

std::optional<int> run_under_mpirun(int ranks, char** argv)
{
    if (!is_in_path("mpirun")) return std::nullopt;
    struct sigaction note{};
    note.sa_handler = note_signal;
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaction(signal, &note, nullptr);

    const pid_t child = fork();
    if (child < 0) return std::nullopt;
    if (child == 0) {
        setpgid(0, 0);  // a Ctrl-C of the terminal reaches mpirun once, through this process
        for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::signal(signal, SIG_DFL);
        set_environment(ranks > available_cores());
        become_mpirun(ranks, argv);
        _exit(127);
    }
    int status = 0;
    int passed_on = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
        if (stop_signal == 0 || passed_on == stop_signal) continue;
        passed_on = stop_signal;
        kill(child, SIGTERM);
    }
    if (stop_signal != 0) return 128 + stop_signal;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace lapilli::cli
