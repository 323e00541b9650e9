// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/scratch.hpp"
#include "launch/mpirun.hpp"
#include "parallel/library_version.hpp"
#include "support/catch.hpp"

#include <cstdlib>
#include <filesystem>

using namespace lapilli;
using namespace lapilli::test;
namespace fs = std::filesystem;

namespace {

/// An environment variable as long as this lives.
class Variable {
public:
    Variable(const char* name, const std::string& value) : name_(name), before_(std::getenv(name) ? std::getenv(name) : "")
    {
        ::setenv(name, value.c_str(), 1);
    }
    ~Variable() { before_.empty() ? ::unsetenv(name_) : ::setenv(name_, before_.c_str(), 1); }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

private:
    const char* name_;
    std::string before_;
};

std::string program(const ScratchFolder& folder, const std::string& name)
{
    fs::create_directories(fs::path(folder / name).parent_path());
    auto path = folder.write(name, "#!/bin/sh\n");
    fs::permissions(path, fs::perms::owner_all);
    return path;
}

} // namespace

TEST_CASE("mpirun is that of the library which is loaded, then the one that is named, then that of the build")
{
    const ScratchFolder folder;
    const auto own = program(folder, "mpi/bin/mpirun"), other = program(folder, "other/mpirun");
    const auto library = program(folder, "mpi/lib/x86_64-linux-gnu/openmpi/libmpi.so.40"),
               lone = program(folder, "a/b/c/d/e/f.so");
    const Variable path("PATH", folder / "other");

    CHECK(launch::find_mpirun(library).path == fs::canonical(own));
    CHECK_THAT(launch::find_mpirun(library).others, mentions(other + " (in PATH)"));
    const auto of_build = launch::find_mpirun(lone);
    if (of_build.path != other) // where the launcher of the build is here
        CHECK_THAT(of_build.others, mentions(other + " (in PATH)"));
    {
        const Variable named("LAPILLI_MPIRUN", other);
        CHECK(launch::find_mpirun(lone).path == other);
        CHECK(launch::find_mpirun(library).path == fs::canonical(own));
        CHECK_THAT(launch::find_mpirun(library).others, mentions(other + " (by LAPILLI_MPIRUN)"));
    }
    const auto openmpi = program(folder, "mpi/bin/mpirun.openmpi"); // as Debian calls it beside another MPI
    CHECK(launch::find_mpirun(library).path == fs::canonical(openmpi));
    const Variable named("LAPILLI_MPIRUN", folder / "none");
    CHECK_THAT(error_of([&] { launch::find_mpirun(lone); }).what(), mentions("LAPILLI_MPIRUN names"));
}

TEST_CASE("the library of this program has an mpirun")
{
    const auto found = launch::find_mpirun();
    CHECK_FALSE(found.path.empty());
    CHECK(fs::equivalent(found.path, launch::find_mpirun("").path)); // that of the build
}

TEST_CASE("the major version of Open MPI is that of the library which is loaded")
{
    const std::string name = "Open MPI " + std::to_string(parallel::open_mpi_major()) + ".";
    CHECK(parallel::library_version().starts_with(name));
}
