// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/application.hpp"

#include "cli/common_options.hpp"
#include "cli/generate.hpp"
#include "cli/launch.hpp"
#include "cli/measure.hpp"
#include "cli/nearest.hpp"
#include "io/library_versions.hpp"
#include "parallel/library_version.hpp"
#include "parallel/resources.hpp"
#include "parallel/session.hpp"
#include "version.hpp"

#include <cstdlib>
#include <iostream>

namespace lapilli::cli {

namespace {

std::string version_text()
{
    const std::string git = *git_revision != '\0' ? fmt::format(" ({})", git_revision) : "";
    return fmt::format("lapilli {}{}\ncompiler  {}\nMPI       {}\nHDF5      {}\nEigen     {}\n", version, git, compiler,
                       parallel::library_version(), io::hdf5_version(), eigen_version);
}

int say(const std::string& sentence, int code)
{
    if (launched_rank() == 0) std::cerr << "lapilli: error: " << sentence << std::endl;
    return code;
}

void check_promises(const parallel::Communicator& comm, const LaunchOptions& launch)
{
    if (launch.expect_ranks && *launch.expect_ranks != comm.size())
        throw Error(ExitCode::hosts_missing, fmt::format("{} ranks run, but --expect-ranks says {}; see why the launcher started fewer",
                                                         comm.size(), *launch.expect_ranks));
    const int hosts = parallel::count_hosts(comm);
    if (launch.expect_hosts && *launch.expect_hosts != hosts)
        throw Error(ExitCode::hosts_missing, fmt::format("the ranks run on {} machines, but --expect-hosts says {}; see which are missing",
                                                         hosts, *launch.expect_hosts));
}

/// All ranks: the verb between MPI_Init and MPI_Finalize.
int run_verb(int argc, char** argv, const Verb& verb, const LaunchOptions& launch)
{
    parallel::Session session(argc, argv);
    const auto comm = parallel::Communicator::world();
    try {
        check_promises(comm, launch);
        return static_cast<int>(verb(comm));
    } catch (const parallel::AgreedError& error) {
        return say(error.what(), static_cast<int>(error.code()));
    } catch (const Error& error) {
        if (comm.size() == 1 || error.code() == ExitCode::hosts_missing) return say(error.what(), static_cast<int>(error.code()));
        std::cerr << "lapilli: error: " << error.what() << std::endl;
        parallel::abort_all(static_cast<int>(error.code()));
    } catch (const std::exception& error) {
        std::cerr << "lapilli: error: " << error.what() << "; this should not happen; please report it with the command line" << std::endl;
        if (comm.size() == 1) return static_cast<int>(ExitCode::failed);
        parallel::abort_all(static_cast<int>(ExitCode::failed));
    }
}

struct CommandLine {
    CLI::App app{"lapilli: transport properties of porous materials from 3-D images", "lapilli"};
    Verb verb;
    LaunchOptions launch;

    CommandLine()
    {
        app.set_version_flag("--version", version_text);
        app.require_subcommand(1);
        app.footer("Example: lapilli analyze rock.tif --voxel 2um\nEvery verb explains itself: lapilli VERB --help");
        add_analyze(app, verb);
        add_info(app, verb);
        add_porosity(app, verb);
        add_percolation(app, verb);
        add_diffusivity(app, verb);
        add_generate(app, verb);
        for (auto* command : app.get_subcommands({})) add_launch_options(*command, launch);
    }
};

}  // namespace

int run(int argc, char** argv)
{
    CommandLine line;
    constexpr int wrong_input = static_cast<int>(ExitCode::wrong_input);
    try {
        line.app.parse(argc, argv);
    } catch (const CLI::Success& wish) {  // --help, --version
        return launched_rank() == 0 ? line.app.exit(wish) : 0;
    } catch (const CLI::ParseError& error) {
        return say(explain(line.app, error, argc, argv), wrong_input);
    } catch (const Error& error) {
        return say(error.what(), static_cast<int>(error.code()));
    }
    if (!under_launcher()) {
        const int ranks = line.launch.ranks.value_or(available_cores());
        if (ranks > 1) {
            if (const auto code = run_under_mpirun(ranks, argv)) return *code;
            std::cerr << "lapilli: warning: mpirun is not in PATH, so one process does all the work; install openmpi-bin\n";
        }
    }
    return run_verb(argc, argv, line.verb, line.launch);
}

}  // namespace lapilli::cli
