// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "terminal/progress_line.hpp"

#include "io/scratch.hpp"
#include "support/catch.hpp"
#include "terminal/terminal.hpp"

#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <unistd.h>

using namespace lapilli;
using namespace lapilli::terminal;

namespace {

/// What is written to stderr meanwhile, by a process whose terminal has 40 columns.
template <class Write>
std::string shown_on_a_terminal(Write&& write)
{
    const test::ScratchFolder folder;
    const std::string path = folder / "stderr";
    setenv(terminal_variable, "1", 1);
    setenv("COLUMNS", "40", 1);
    std::fflush(stderr);
    const int before = dup(STDERR_FILENO), file = open(path.c_str(), O_CREAT | O_WRONLY, 0600);
    dup2(file, STDERR_FILENO);
    write();
    std::fflush(stderr);
    dup2(before, STDERR_FILENO);
    close(before);
    close(file);
    unsetenv(terminal_variable);
    unsetenv("COLUMNS");
    std::ostringstream bytes;
    bytes << std::ifstream(path).rdbuf();
    return bytes.str();
}

} // namespace

TEST_CASE("what is going to be done is said once, in lines of its own, before the first progress")
{
    const auto shown = shown_on_a_terminal([] {
        ProgressLine line(false);
        line.announce("the image, then 8 blocks of 96 voxels to correct for the grid");
        line.show({.stage = "diffusivity"}, {300, 0.25});
    });
    CHECK(shown.starts_with("\r\x1b[Kthe image, then 8 blocks of 96 voxels\n  to correct for the grid\n"));
    CHECK(shown.find("\r\x1b[Kdiffusivity  eta of all 5 min") != std::string::npos);
    CHECK(shown.ends_with("\r\x1b[K\x1b[K\n")); // mpirun passes on whole lines only
}

TEST_CASE("nothing is announced to people who want to hear nothing, or where no progress follows")
{
    CHECK(shown_on_a_terminal([] {
              ProgressLine line(true);
              line.announce("the image");
              line.show({.stage = "diffusivity"});
          }).empty());
    CHECK(shown_on_a_terminal([] {
              ProgressLine line(false);
              line.announce("the image");
          }).empty());
}

TEST_CASE("the width of a terminal is what COLUMNS says, unless that is no width")
{
    const auto columns = [](const char* told) {
        setenv("COLUMNS", told, 1);
        const auto width = terminal_columns();
        unsetenv("COLUMNS");
        return width;
    };
    CHECK(columns("132") == 132);
    for (const char* told : {"0", "5", "wide", "-1"}) CHECK(columns(told) == terminal_columns());
    CHECK(terminal_columns() >= 20);
}
