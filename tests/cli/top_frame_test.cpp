// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/catch.hpp"
#include "text/text_table.hpp"
#include "top/frame.hpp"
#include "top/letters.hpp"

#include <algorithm>

using namespace lapilli;
using namespace lapilli::top;
using collection::Run;
using collection::RunStatus;

namespace {

constexpr double moment_s = 1e9;

Run running()
{
    Run run{.folder = "runs/ketton_512", .beat_s = moment_s};
    run.state = {.stage = "permeability", .axis = "y", .iteration = 3, .left_s = 240, .ranks = 12};
    run.state.plan = {{"permeability", "x"}, {"permeability", "y"}};
    run.value = {.quantity = "k", .axis = "y", .value = 3012.4, .unit = "mD", .error = 0.008};
    run.memory_bytes = 1'200'000'000;
    return run;
}

Run silent()
{
    Run run{.folder = "runs/estaillades_1000", .beat_s = moment_s - 38};
    run.state = {.status = RunStatus::silent, .stage = "diffusivity", .axis = "z", .iteration = 2};
    run.value = {.quantity = "D/D0", .axis = "z", .value = 0.0312, .error = 0.002};
    return run;
}

Run failed()
{
    Run run{.folder = "runs/nmc_electrode", .beat_s = moment_s};
    run.state = {.status = RunStatus::failed, .sentence = "needs 31 GB on agent-1, where 24 GB are available"};
    return run;
}

std::vector<std::string> at(std::size_t columns, bool utf8 = true)
{
    std::vector<Run> runs{running(), silent(), failed()};
    sort(runs, Order::urgency);
    return frame(runs, {.folder = "runs", .now_s = moment_s}, {.columns = columns, .utf8 = utf8});
}

bool has(const std::string& line, const std::string& part) { return line.find(part) != std::string::npos; }

} // namespace

TEST_CASE("the table of runs has those first that need somebody")
{
    const auto lines = at(120);
    REQUIRE(lines.size() == 5);
    CHECK(lines[0].starts_with("lapilli top runs  "));
    CHECK(has(lines[0], "1 running, 1 failed, 1 silent   "));
    CHECK(lines[1] == "RUN               STATE        AT                   VALUE  ERROR   LEFT  MEMORY  RANKS");
    CHECK(lines[2] == "nmc_electrode     failed       needs 31 GB on agent-1, where 24 GB are available");
    CHECK(lines[3] == "estaillades_1000  silent 38 s  D z  it 2           0.0312  0.2 %      –");
    CHECK(lines[4] == "ketton_512        running      k y  2 of 2, it 3  3012 mD  0.8 %  4 min  1.2 GB     12");
}

TEST_CASE("a narrow table leaves out ranks, then memory, then error")
{
    CHECK(has(at(86)[1], "RANKS"));
    const auto without_ranks = at(80);
    CHECK((has(without_ranks[1], "MEMORY") && !has(without_ranks[1], "RANKS")));
    const auto without_memory = at(74);
    CHECK((has(without_memory[1], "ERROR") && !has(without_memory[1], "MEMORY")));
    const auto without_error = at(66);
    CHECK((has(without_error[1], "LEFT") && !has(without_error[1], "ERROR")));
    const auto narrow = at(40);
    CHECK(narrow[0].starts_with("1 running, 1 failed, 1 silent "));
    CHECK(narrow[3] == "estaillades_1000  silent 38 s   0.0312");
    for (std::size_t columns = 20; columns < 130; ++columns)
        for (const auto& line : at(columns)) CHECK(text::width(line) <= columns);
}

TEST_CASE("what others have named does nothing to a terminal")
{
    CHECK(readable("a\x1b[2J\r\n\x07z", true) == "a?[2J?"
                                                 "?"
                                                 "?z");
    CHECK(readable("\xc2\x9b"
                   "31m",
                   true) == "?31m"); // the same in one letter of UTF-8
    CHECK(readable("\xff\xc3(\xe2\x82", true) == std::string(2, '?') + "(" + std::string(2, '?'));
    CHECK(readable("µ 岩", true) == "µ 岩");
    CHECK(readable("5 µm², é", false) == "5 um^2, ?");
    CHECK(cut("estaillades", 6, true) == "estai…");
    CHECK(cut("estaillades", 6, false) == "estai~");
    CHECK(cut("岩岩岩", 2, true) == "岩…");
    for (const auto& line : at(60, false))
        CHECK(std::all_of(line.begin(), line.end(), [](char letter) { return letter >= ' ' && letter <= '~'; }));
}

TEST_CASE("colours are only where they are wanted, and take no room")
{
    const std::vector<Run> runs{failed(), running()};
    const View view{.folder = "runs", .now_s = moment_s};
    const auto plain = frame(runs, view, {.columns = 100}), coloured = frame(runs, view, {.columns = 100, .colours = true});
    CHECK(has(coloured[2], "\x1b[31mfailed "));
    auto line = coloured[3];
    for (const std::string code : {"\x1b[32m", "\x1b[0m"}) line.erase(line.find(code), code.size());
    CHECK(line == plain[3]);
}

TEST_CASE("the run that is chosen is always in sight")
{
    std::vector<Run> runs;
    for (int i = 0; i < 50; ++i) runs.push_back({.folder = "runs/r" + std::to_string(i), .beat_s = moment_s});
    for (const std::size_t chosen : {0, 1, 20, 49}) {
        const auto lines = frame(runs, {.folder = "runs", .chosen = chosen, .now_s = moment_s}, {.columns = 60, .rows = 10});
        CHECK(lines.size() == 10);
        const auto marked =
            std::find_if(lines.begin(), lines.end(), [](const auto& line) { return line.starts_with("> "); });
        REQUIRE(marked != lines.end());
        CHECK(marked->starts_with("> r" + std::to_string(chosen) + " "));
        CHECK(lines.back().starts_with("q quit  s sort: urgency"));
    }
}

TEST_CASE("runs can stand in other orders")
{
    std::vector<Run> runs{silent(), running(), failed()};
    const auto first = [&](Order order) {
        sort(runs, order);
        return runs.front().folder;
    };
    CHECK(first(Order::urgency) == "runs/nmc_electrode");
    CHECK(first(Order::name) == "runs/estaillades_1000");
    CHECK(first(Order::left) == "runs/ketton_512");
    runs[0].beat_s = moment_s + 1;
    CHECK(first(Order::newest) == "runs/ketton_512");
    CHECK(next(next(next(next(Order::urgency)))) == Order::urgency);
}
