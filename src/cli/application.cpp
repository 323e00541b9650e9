// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/application.hpp"

#include "cli/command_line.hpp"
#include "launch/mpi_environment.hpp"
#include "launch/scratch_folder.hpp"
#include "launch/start_guard.hpp"
#include "launch/start_limits.hpp"
#include "launch/starter.hpp"
#include "launch/stop_request.hpp"
#include "machine/cores.hpp"
#include "parallel/communicator.hpp"
#include "parallel/resources.hpp"
#include "parallel/session.hpp"
#include "terminal/messages.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <memory>
#include <optional>

namespace lapilli::cli {

namespace {

constexpr int most_ranks_per_core = 64; // more is a slip of the finger, which mpirun answers with pages about its pipes

/// @throws Error where not all that was printed has arrived
void check_output()
{
    if (!std::cout.flush() || std::fflush(stdout) != 0) throw terminal::lost_output();
}

/// What needs no ranks: where a launcher has started several processes, one does it, and the others have nothing to do.
int run_alone(const SerialVerb& serial_verb)
{
    if (!launch::speaks_before_init()) return exit_status(ExitCode::done);
    try {
        const ExitCode code = serial_verb();
        check_output();
        return exit_status(code);
    } catch (...) {
        const auto [code, sentence] = parallel::detail::describe_current_exception();
        terminal::print_error(sentence);
        return code;
    }
}

/// Help or version.
int print_text(const std::string& text)
{
    return run_alone([&] {
        std::cout << text;
        return ExitCode::done;
    });
}

Error no_scratch_folder(const std::string& remarks)
{
    return input_error(
        "there is no folder for temporary files: {}; make room, or set TMPDIR to a folder that can be written", remarks);
}

/// The folder that MPI shall take for its temporary files; a warning where it is not the usual one.
/// @throws Error there is none
std::string choose_scratch_folder(int ranks)
{
    const auto found = launch::find_scratch_folder(launch::scratch_bytes(ranks), launch::usual_scratch_folders());
    if (found.path.empty()) throw no_scratch_folder(found.remarks);
    if (!found.remarks.empty()) {
        terminal::print_warning(fmt::format("{}, so temporary files go to {}; set TMPDIR to a folder that can be written",
                                            found.remarks, found.path));
        setenv("TMPDIR", found.path.c_str(), 1);
    }
    return found.path;
}

/// What is no use to one rank is none to mpirun either.
/// @throws Error this process may not open files enough, has too little address space, or no folder for temporary files
void require_means_of_one_rank()
{
    if (const auto limit = launch::limit_against_one_rank(); !limit.empty())
        throw input_error("{}; raise that limit", limit);
    if (const auto found = launch::find_scratch_folder(launch::scratch_bytes(1), launch::usual_scratch_folders());
        found.path.empty())
        throw no_scratch_folder(found.remarks);
}

/// Why this machine starts no ranks, and the exit code that such an end has.
std::optional<Error> obstacle_to(const launch::Mpirun& mpirun, int ranks)
{
    if (mpirun.path.empty()) return failure("there is no mpirun");
    if (!launch::mpirun_can_listen()) return failure("mpirun finds no network interface, not even the loopback");
    if (const auto limit = launch::limit_against_mpirun(ranks); !limit.empty()) return input_error("{}", limit);
    if (const auto found = launch::find_scratch_folder(launch::scratch_bytes(ranks), launch::usual_scratch_folders());
        found.path.empty())
        return input_error("mpirun has no folder for temporary files: {}", found.remarks);
    return std::nullopt;
}

/// Starts the program again under mpirun if that gives it more than one rank; nothing if this process is to do the work.
std::optional<int> launch_if_useful(const launch::LaunchOptions& options, int argc, char** argv)
{
    const int cores = machine::available_cores();
    const int ranks = options.ranks.value_or(cores);
    if (ranks == 1) return std::nullopt;
    if (options.ranks && ranks > cores * most_ranks_per_core)
        throw input_error(
            "--ranks {} is too many for this machine (physical cores: {}); give at most {}, or use more machines", ranks,
            cores, cores * most_ranks_per_core);
    require_means_of_one_rank();
    const auto mpirun = launch::find_mpirun();
    const auto obstacle = obstacle_to(mpirun, ranks);
    if (!obstacle)
        return launch::launch({.mpirun = mpirun,
                               .ranks = ranks,
                               .cores = cores,
                               .grace_s = options.grace_s,
                               .scratch_folder = choose_scratch_folder(ranks)},
                              {argv + 1, argv + argc});
    if (options.ranks)
        throw Error(obstacle->code(),
                    fmt::format("{}, so {} ranks cannot be started; mend that, or use --ranks 1", obstacle->what(), ranks));
    terminal::print_warning(
        fmt::format("{}, so one core does all the work; --ranks 1 says that this is meant", obstacle->what()));
    return std::nullopt;
}

/// @throws Error on every rank, when the launcher gave something else than was promised
void check_promises(const parallel::Communicator& world, const launch::LaunchOptions& options)
{
    if (const auto promised = launch::promised_ranks(); promised && *promised != world.size())
        throw failure(
            "mpirun started {} separate programs instead of one on {} ranks: it belongs to another MPI; use the mpirun "
            "of {}, or --ranks 1",
            *promised, *promised, "the MPI that `lapilli --version` names");
    if (options.ranks && !launch::promised_ranks() && *options.ranks != world.size())
        throw input_error("--ranks {} was given to a program that runs on {} ranks already; leave it out, mpirun decides",
                          *options.ranks, world.size());
    const int hosts = options.expect_hosts ? parallel::count_hosts(world) : 0;
    if (options.expect_ranks && *options.expect_ranks != world.size())
        throw Error(ExitCode::hosts_missing,
                    fmt::format("{} ranks were started, but --expect-ranks {}; check the launcher's slots and hosts",
                                world.size(), *options.expect_ranks));
    if (options.expect_hosts && *options.expect_hosts != hosts)
        throw Error(ExitCode::hosts_missing,
                    fmt::format("the ranks run on {} hosts, but --expect-hosts {}; check the hostfile and that "
                                "every host answers",
                                hosts, *options.expect_hosts));
}

/// The verb on all ranks, and its only catch.
ExitCode run_verb(const parallel::Communicator& world, const Request& request)
{
    try {
        launch::stop_at_signals(request.launch.grace_s);
        world.together([&] {
            if (request.refusal) throw *request.refusal;
        });
        world.together([&] { check_promises(world, request.launch); });
        const ExitCode code = request.verb(world);
        world.together([&] {
            if (world.is_root()) check_output();
        });
        return code;
    } catch (const parallel::AgreedError& error) {
        if (world.is_root())
            (error.code() == ExitCode::stopped ? terminal::print_stopped : terminal::print_error)(error.what());
        return error.code();
    } catch (...) {
        const auto [code, sentence] = parallel::detail::describe_current_exception();
        terminal::print_error(sentence);
        if (world.size() > 1) parallel::abort_all(code);
        return static_cast<ExitCode>(code);
    }
}

/// MPI from here on.
std::unique_ptr<parallel::Session> begin_session(int& argc, char**& argv)
{
    std::optional<launch::StartGuard> guard;
    if (!launch::started_by_launcher()) guard.emplace(); // others are watched by who started them
    auto session = std::make_unique<parallel::Session>(argc, argv);
    launch::tell_starter_hello();
    return session;
}

int run_ranks(const parallel::Communicator& world, const Request& request)
{
    const ExitCode ending = run_verb(world, request);
    const int code = ending == ExitCode::stopped ? launch::stopped_exit_code() : exit_status(ending);
    if (ending != ExitCode::done && launch::started_by_launcher()) {
        if (world.any(world.is_root() && launch::tell_starter(code))) return 0;
        parallel::leave_together(world, code);
    }
    return code;
}

} // namespace

int run(int argc, char** argv)
{
    std::signal(SIGXFSZ, SIG_IGN); // a file that may not grow is an error of its writer, like a full disk
    std::unique_ptr<parallel::Session> session;
    const auto world = [&] { // begins where it is first needed: help does without
        if (!session) session = begin_session(argc, argv);
        return parallel::Communicator::world();
    };
    // One rank reads and the others are told: a thousand ranks at one file of a network disk are slow, and if the file
    // changed meanwhile they would not want the same and wait for each other for ever.
    const auto read_on_root = [&](const std::string& path) {
        return CaseFile{path, world().on_root([&] { return read_case_file(path).text; })};
    };
    const bool launched = launch::started_by_launcher();
    const auto request = read_command_line(argc, argv, launched ? CaseReader(read_on_root) : read_case_file);
    if (!request.text.empty()) return print_text(request.text);
    if (request.serial_verb) return run_alone(request.serial_verb);
    if (launched) return run_ranks(world(), request); // where a refusal is said once, by all ranks together
    try {
        if (request.refusal) throw *request.refusal;
        if (const auto code = launch_if_useful(request.launch, argc, argv)) return *code;
        require_means_of_one_rank();
        launch::prepare_single_rank(choose_scratch_folder(1));
    } catch (const Error& error) {
        terminal::print_error(error.what());
        return exit_status(error.code());
    }
    return run_ranks(world(), request);
}

} // namespace lapilli::cli
