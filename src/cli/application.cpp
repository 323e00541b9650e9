// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/application.hpp"

#include "cli/command_line.hpp"
#include "cli/cores.hpp"
#include "cli/messages.hpp"
#include "cli/stop_request.hpp"
#include "parallel/communicator.hpp"
#include "parallel/resources.hpp"
#include "parallel/session.hpp"

#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>
#include <optional>

namespace lapilli::cli {

namespace {

constexpr int most_ranks_per_core = 64; // more is a slip of the finger, which mpirun answers with pages about its pipes

/// @throws Error where not all that was printed has arrived
void check_output()
{
    if (!std::cout.flush() || std::fflush(stdout) != 0) throw lost_output();
}

/// What needs no ranks: where a launcher has started several processes, one does it, and the others have nothing to do.
int run_alone(const Errand& errand)
{
    if (!speaks_before_init()) return static_cast<int>(ExitCode::done);
    try {
        const ExitCode code = errand();
        check_output();
        return static_cast<int>(code);
    } catch (...) {
        const auto [code, sentence] = parallel::detail::describe_current_exception();
        print_error(sentence);
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

/// Starts the program again under mpirun if that gives it more than one rank; nothing if this process is to do the work.
std::optional<int> launch_if_useful(const LaunchOptions& options, int argc, char** argv)
{
    const int cores = available_cores();
    const int ranks = options.ranks.value_or(cores);
    if (ranks == 1) return std::nullopt;
    if (options.ranks && ranks > cores * most_ranks_per_core)
        throw input_error(
            "--ranks {} is too many for this machine (physical cores: {}); give at most {}, or use more machines", ranks,
            cores, cores * most_ranks_per_core);
    const std::string mpirun = find_mpirun();
    const bool can_listen = mpirun_can_listen();
    if (!mpirun.empty() && can_listen) return launch(mpirun, ranks, cores, options.grace_s, {argv + 1, argv + argc});
    const std::string why =
        mpirun.empty() ? "there is no mpirun" : "mpirun finds no network interface, not even the loopback";
    if (options.ranks) throw failure("{}, so {} ranks cannot be started; mend that, or use --ranks 1", why, ranks);
    print_warning(why + ", so one core does all the work; --ranks 1 says that this is meant");
    return std::nullopt;
}

/// @throws Error on every rank, when the launcher gave something else than was promised
void check_promises(const parallel::Communicator& world, const LaunchOptions& options)
{
    if (const auto promised = promised_ranks(); promised && *promised != world.size())
        throw failure(
            "mpirun started {} separate programs instead of one on {} ranks: it belongs to another MPI; use the mpirun "
            "of {}, or --ranks 1",
            *promised, *promised, "the MPI that `lapilli --version` names");
    if (options.ranks && !promised_ranks() && *options.ranks != world.size())
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
ExitCode run_verb(const parallel::Communicator& world, Request request, int argc, char** argv)
{
    try {
        if (!request.case_file.empty()) {
            // One rank reads and the others are told: a thousand ranks at one file of a network disk are slow, and if the
            // file changed meanwhile they would not want the same and wait for each other for ever.
            const auto text = world.on_root([&] { return read_case_file(request.case_file).text; });
            request = read_command_line(argc, argv, {request.case_file, text});
        }
        stop_at_signals(request.launch.grace_s);
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
        if (world.is_root()) (error.code() == ExitCode::stopped ? print_stopped : print_error)(error.what());
        return error.code();
    } catch (...) {
        const auto [code, sentence] = parallel::detail::describe_current_exception();
        print_error(sentence);
        if (world.size() > 1) parallel::abort_all(code);
        return static_cast<ExitCode>(code);
    }
}

int run_ranks(int argc, char** argv, const Request& request)
{
    const parallel::Session session(argc, argv);
    const auto world = parallel::Communicator::world();
    const ExitCode ending = run_verb(world, request, argc, argv);
    const int code = ending == ExitCode::stopped ? stopped_exit_code() : static_cast<int>(ending);
    if (ending != ExitCode::done && started_by_launcher()) {
        if (world.any(world.is_root() && tell_starter(code))) return 0;
        parallel::leave_together(world, code);
    }
    return code;
}

} // namespace

int run(int argc, char** argv)
{
    std::signal(SIGXFSZ, SIG_IGN); // a file that may not grow is an error of its writer, like a full disk
    Request request = read_command_line(argc, argv);
    if (!request.text.empty()) return print_text(request.text);
    if (request.errand) return run_alone(request.errand);
    if (started_by_launcher()) return run_ranks(argc, argv, request); // where a refusal is said once, by all ranks together
    try {
        // here too, since it may say how many ranks to start; those read it again
        if (!request.case_file.empty()) request = read_command_line(argc, argv, read_case_file(request.case_file));
        if (request.refusal) throw *request.refusal;
        if (const auto code = launch_if_useful(request.launch, argc, argv)) return *code;
    } catch (const Error& error) {
        print_error(error.what());
        return static_cast<int>(error.code());
    }
    prepare_single_rank();
    return run_ranks(argc, argv, request);
}

} // namespace lapilli::cli
