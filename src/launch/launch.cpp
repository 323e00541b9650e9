// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "launch/launch.hpp"

#include "core/error.hpp"
#include "launch/child_process.hpp"
#include "launch/first_words.hpp"
#include "launch/mpi_environment.hpp"
#include "launch/starter.hpp"
#include "launch/stop_request.hpp"
#include "terminal/messages.hpp"
#include "terminal/terminal.hpp"

#include <ifaddrs.h>
#include <net/if.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>

namespace lapilli::launch {

namespace {

namespace fs = std::filesystem;

constexpr const char* ranks_variable = "LAPILLI_RANKS";

bool is_set(const char* variable) { return std::getenv(variable) != nullptr; }

std::string own_path()
{
    std::error_code error;
    const auto path = fs::read_symlink("/proc/self/exe", error);
    if (error)
        throw failure("cannot find the program's own file: {}; start it with mpirun or with --ranks 1", error.message());
    return path.string();
}

/// mpirun has ended, or was ended, and no rank was there.
Error lost_start(const Ending& ending, const LaunchPlan& plan)
{
    const auto words = first_words(ending.last_words);
    if (words.starts_with(terminal::error_prefix))
        return {static_cast<ExitCode>(ending.code), words.substr(terminal::error_prefix.size())};
    const auto others =
        plan.mpirun.others.empty() ? "" : fmt::format("; {} was used, not {}", plan.mpirun.path, plan.mpirun.others);
    return failure("mpirun {} before any of {} ranks had started{}{}; mend that, or use --ranks 1, which does without it",
                   ending.hung ? "hung" : "ended", plan.ranks,
                   words.empty() ? ", without a word" : " (it says: " + words + ")", others);
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

int launch(const LaunchPlan& plan, const std::vector<std::string>& arguments)
{
    std::vector<std::string> command{plan.mpirun.path, "-np", std::to_string(plan.ranks), own_path()};
    command.insert(command.end(), arguments.begin(), arguments.end());
    prepare_mpirun(plan.ranks, plan.cores, plan.scratch_folder);
    setenv(ranks_variable, std::to_string(plan.ranks).c_str(), 1);

    const RankReports reports;
    const Ending ending = run_child(command, plan.grace_s, [&] { return reports.ranks_are_here(); });
    const auto told = reports.exit_code();
    if ((ending.stopped_by != 0 || ending.code > 128) && terminal::stderr_is_terminal())
        terminal::clear_line();                  // the ranks could not
    const bool done = ending.code == 0 && !told; // before the signal came to anything
    if (ending.stopped_by != 0) return done ? 0 : stopped_exit_code(ending.stopped_by);
    const auto words = first_words(ending.last_words);
    // mpirun 5 tells of the rank, however quiet it is to be
    const bool by_signal = words.empty() || words.find("noticed that process rank") != std::string::npos;
    const bool killed = ending.code > 128 && !ending.hung && by_signal;
    if (!ending.started && !killed) throw lost_start(ending, plan);
    if (ending.code > 128)
        throw failure(
            "a rank was ended by signal {} ({}); if that was for want of memory, use fewer voxels or more machines",
            ending.code - 128, strsignal(ending.code - 128));
    const int code = ending.code == 0 ? told.value_or(0) : ending.code;
    const bool has_results = code == exit_status(ExitCode::done) || code == exit_status(ExitCode::not_converged);
    if (has_results && !ending.printed) throw terminal::lost_output();
    return code;
}

} // namespace lapilli::launch
