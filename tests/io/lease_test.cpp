// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "checkpoint/lease.hpp"
#include "scratch.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <sys/stat.h>

using namespace lapilli;
using namespace lapilli::test;

TEST_CASE("a new run takes the lease and shuts out the one before")
{
    const ScratchFolder folder;
    const checkpoint::Lease old(folder.path(), 0);
    CHECK(old.epoch() == 1);
    CHECK_NOTHROW(old.check());
    const checkpoint::Lease young(folder.path(), 0);
    CHECK(young.epoch() == 2);
    CHECK_NOTHROW(young.check());
    const Error error = error_of([&] { old.check(); });
    CHECK(error.code() == ExitCode::fenced);
    CHECK_THAT(error.what(), mentions("another run works in " + folder.path()) && mentions("process"));
}

TEST_CASE("the epoch is above that of any file, also where the lease is lost")
{
    const ScratchFolder folder;
    CHECK(checkpoint::Lease(folder.path(), 7).epoch() == 8);
    folder.write("lease", "{\"epoch\": 12, \"run\": \"a\"}");
    CHECK(checkpoint::Lease(folder.path(), 7).epoch() == 13);
    for (const char* nonsense :
         {"", "{", "[]", "{\"epoch\": \"x\", \"run\": 3}", "null", "{\"epoch\": 9223372036854775807, \"run\": \"a\"}"}) {
        folder.write("lease", nonsense);
        CHECK(checkpoint::Lease(folder.path(), 7).epoch() == 8);
    }
}

TEST_CASE("a lease that is gone shuts nobody out, one of another run does")
{
    const ScratchFolder folder;
    const checkpoint::Lease lease(folder.path(), 0);
    std::filesystem::remove(folder / "lease");
    CHECK_NOTHROW(lease.check());
    folder.write("lease", "{\"epoch\": 1, \"run\": \"another\"}");
    CHECK_THROWS_WITH(lease.check(), mentions("another run works"));
    folder.write("lease", "{\"epoch\": 1, \"run\": \"another\", \"pid\": \"x\", \"host\": 7, \"start\": []}");
    CHECK(error_of([&] { lease.check(); }).code() == ExitCode::fenced);
}

TEST_CASE("a lease says who holds it")
{
    const ScratchFolder folder;
    const checkpoint::Lease lease(folder.path(), 0);
    const auto json = nlohmann::json::parse(bytes_in(folder / "lease"));
    CHECK(json["epoch"] == 1);
    CHECK(json["pid"] == ::getpid());
    CHECK(json["start"].get<std::string>().size() == std::string("2026-01-01T00:00:00Z").size());
    CHECK_FALSE(json["host"].get<std::string>().empty());
}

TEST_CASE("a folder that takes no lease says why")
{
    const ScratchFolder folder;
    CHECK_THROWS_WITH(checkpoint::Lease(folder / "none", 0), mentions("No such file or directory"));
    REQUIRE(::mkfifo((folder / "lease").c_str(), 0600) == 0); // nobody waits for its writer
    CHECK_THROWS_WITH(checkpoint::Lease(folder.path(), 0), mentions("it is a device or a pipe"));
}
