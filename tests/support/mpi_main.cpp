// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Runner of the tests that use MPI, on any number of ranks. Rank 0 reports; the others write their report to a log in the
// build folder and only their failed assertions to stderr. All ranks end with the same exit code.
#define CATCH_CONFIG_EXTERNAL_INTERFACES
#include "format/hdf5/hdf5_apart.hpp"
#include "format/jpeg_2000/jpeg_2000.hpp"
#include "support/catch.hpp"
#include "support/catch_session.hpp"

#include <fmt/core.h>
#include <mpi.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <thread>

#if __has_include(<catch2/catch_all.hpp>)
using ListenerBase = Catch::EventListenerBase;
using Seen = void;
#else
using ListenerBase = Catch::TestEventListenerBase;
using Seen = bool;
#endif

namespace {

using namespace std::chrono_literals;

/// How long a rank that failed waits for the others to end the test case before it takes them for stuck.
constexpr auto patience = 20s;

/// Ranks and a communicator apart from the tests' own, so that a rank that left a test early cannot answer in its place.
struct World {
    MPI_Comm comm = MPI_COMM_NULL;
    int rank = 0;
    int size = 1;

    World()
    {
        MPI_Comm_dup(MPI_COMM_WORLD, &comm);
        MPI_Comm_rank(comm, &rank);
        MPI_Comm_size(comm, &size);
    }
};

const World& world()
{
    static const World world;
    return world;
}

/// Waits at the end of each test case until every rank is there. A rank whose assertion failed may have left the others in
/// a collective call for ever; after a while it ends them all.
class EndOfCase : public ListenerBase {
public:
    using ListenerBase::ListenerBase;

    Seen assertionEnded(const Catch::AssertionStats& stats) override
    {
        const auto& result = stats.assertionResult;
        if (!result.isOk() && world().rank != 0)
            fmt::print(stderr, "rank {} of {}: {}:{}: failed: {}\n    {}\n", world().rank, world().size,
                       result.getSourceInfo().file, result.getSourceInfo().line, std::string(result.getExpression()),
                       std::string(result.getExpandedExpression()));
        return Seen();
    }

    void testCaseEnded(const Catch::TestCaseStats& stats) override
    {
        const bool failed = stats.totals.assertions.failed > 0;
        const auto start = std::chrono::steady_clock::now();
        MPI_Request request = MPI_REQUEST_NULL;
        MPI_Ibarrier(world().comm, &request);
        for (int all_here = 0; all_here == 0; std::this_thread::sleep_for(200us)) {
            MPI_Test(&request, &all_here, MPI_STATUS_IGNORE);
            if (all_here == 0 && failed && std::chrono::steady_clock::now() - start > patience) {
                fmt::print(stderr, "rank {}: failed, and others did not end the test case within {} s: all are stopped\n",
                           world().rank, patience.count());
                std::fflush(nullptr);
                MPI_Abort(MPI_COMM_WORLD, 86);
            }
        }
    }
};

/// Where rank > 0 reports, one file for each program, number of ranks and rank.
std::string log_file(const char* program)
{
    const std::filesystem::path folder(LAPILLI_TEST_LOGS);
    std::filesystem::create_directories(folder);
    const auto name = std::filesystem::path(program).filename().string();
    return folder / fmt::format("{}-np{}-rank{}.log", name, world().size, world().rank);
}

} // namespace

CATCH_REGISTER_LISTENER(EndOfCase)

int main(int argc, char** argv)
{
    lapilli::format::serve_hdf5(argc, argv);
    lapilli::format::serve_jpeg_2000(argc, argv);
    int provided = 0;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided);
    int code = lapilli::test::run_tests(argc, argv, world().rank == 0 ? "" : log_file(argv[0]));
    MPI_Allreduce(MPI_IN_PLACE, &code, 1, MPI_INT, MPI_MAX, world().comm);
    MPI_Finalize();
    return code;
}
