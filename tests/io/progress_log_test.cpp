// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "file/json_lines.hpp"
#include "scratch.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <limits>

using namespace lapilli;
using namespace lapilli::test;
using nlohmann::ordered_json;

TEST_CASE("each event is one line, in the order of its keys, also across openings")
{
    const ScratchFolder folder;
    const std::string path = folder / "progress.jsonl";
    file::JsonLines(path).append({{"stage", "solve"}, {"axis", "x"}, {"residual", 0.1}});
    file::JsonLines log(path);
    log.append({{"stage", "a\nb"}});
    CHECK(bytes_in(path) == "{\"stage\":\"solve\",\"axis\":\"x\",\"residual\":0.1}\n{\"stage\":\"a\\nb\"}\n");
}

TEST_CASE("what is no number or no UTF-8 does not spoil the log")
{
    const ScratchFolder folder;
    file::JsonLines log(folder / "log");
    log.append({{"value", std::numeric_limits<double>::quiet_NaN()}, {"path", "\xff.raw"}});
    const auto event = ordered_json::parse(bytes_in(folder / "log"));
    CHECK(event["value"].is_null());
}

TEST_CASE("a line that a killed run left unfinished spoils no other")
{
    const ScratchFolder folder;
    const std::string path = folder.write("log", "{\"stage\":\"so");
    file::JsonLines(path).append({{"stage", "read"}});
    CHECK(bytes_in(path) == "{\"stage\":\"so\n{\"stage\":\"read\"}\n");
}

TEST_CASE("a log that cannot be written says why")
{
    const ScratchFolder folder;
    const Error error = error_of([&] { file::JsonLines(folder / "none/log"); });
    CHECK(error.code() == ExitCode::wrong_input);
    CHECK_THAT(error.what(), mentions("none/log") && mentions("No such file or directory"));
    CHECK_THROWS_AS(file::JsonLines(folder.path()), Error);
    file::JsonLines full("/dev/full");
    CHECK_THROWS_WITH(full.append({{"stage", "read"}}), mentions("No space left on device"));
}
