// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "collection/run_folder.hpp"

#include "io/scratch.hpp"
#include "support/catch.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

using namespace lapilli;
using namespace lapilli::collection;
namespace fs = std::filesystem;

namespace {

constexpr const char* start =
    R"({"event":"start","schema":1,"time":"2026-11-29T12:00:00Z","image":{"path":"a.tif","voxel_size_m":2e-06},"ranks":4,"plan":[{"stage":"diffusivity","axis":"x"},{"stage":"permeability","axis":"x"}]})"
    "\n";
constexpr const char* flow =
    R"({"stage":"permeability","axis":"x","iteration":3,"value":0.5,"bound":0.005,"eta_all_s":240,"done":0.4})"
    "\n";

struct Runs {
    /// A file of a run, so many seconds old.
    void write(const std::string& run, const std::string& file, const std::string& text, int age_s = 0) const
    {
        fs::create_directories(fs::path(root) / run);
        const auto path = fs::path(root) / run / file;
        std::ofstream(path, std::ios::binary) << text;
        fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::seconds(age_s));
    }
    Run look(const std::string& run) const
    {
        const auto runs = RunFolders(root + "/" + run).look(now_s());
        REQUIRE(runs.size() == 1);
        return runs.front();
    }
    test::ScratchFolder folder;
    std::string root = folder.path();
};

std::string result(const std::string& status = "done")
{
    return R"({"schema":1,"status":")" + status +
           R"(","program":{"name":"lapilli"},"image":{},"result":{},"run":{"ranks":3},"memory":{"total_bytes":1000},)"
           R"("summary":{"diffusivity":{"x":{"value":0.2,"parts":{"solver":1e-6,"grid":0.02,"sample":null}}}}})";
}

} // namespace

TEST_CASE("a run is running while its files change, and silent when they do not")
{
    const Runs runs;
    runs.write("a", "progress.jsonl", start + std::string(flow));
    auto run = runs.look("a");
    CHECK(run.state.status == RunStatus::running);
    CHECK(run.state.ranks == 4);
    CHECK(run.state.plan.size() == 2);
    CHECK(run.value.quantity == "k");
    CHECK(run.value.unit == "mD");
    CHECK(run.value.value == Approx(0.5 * 4e-12 / 9.869233e-16));
    CHECK(run.value.error.value() == Approx(0.01));

    runs.write("a", "progress.jsonl", start + std::string(flow), 100);
    CHECK(runs.look("a").state.status == RunStatus::silent);
    runs.write("a", "lease", "{}", 5); // the beat of a slow solve
    CHECK(runs.look("a").state.status == RunStatus::running);
}

TEST_CASE("a run of an older program, which tells of no beginning, is shown as far as it is known")
{
    const Runs runs;
    runs.write("a", "progress.jsonl", flow, 3600);
    const auto run = runs.look("a");
    CHECK(run.state.status == RunStatus::silent);
    CHECK(run.value.unit == "voxel²");
    CHECK(run.value.value == 0.5);
}

TEST_CASE("how a run has ended stands in its last line, or in its result")
{
    const Runs runs;
    const std::string failed = R"({"event":"end","status":"failed","exit":2,"sentence":"the image needs 31 GB"})";
    runs.write("a", "progress.jsonl", start + failed + "\n", 100);
    CHECK(runs.look("a").state.status == RunStatus::failed);
    CHECK(runs.look("a").state.sentence == "the image needs 31 GB");

    runs.write("b", "progress.jsonl", flow, 100);
    runs.write("b", "result.json", result(), 100);
    const auto done = runs.look("b");
    CHECK(done.state.status == RunStatus::done);
    CHECK(done.state.ranks == 3);
    CHECK(done.memory_bytes == 1000);
    CHECK(done.value.quantity == "D/D0");
    CHECK(done.value.error == 0.02);
    CHECK(done.value.source == "grid");

    runs.write("b", "result.json", result("not converged"), 100);
    CHECK(runs.look("b").state.status == RunStatus::not_converged);
    runs.write("b", "progress.jsonl", start); // another run in the same folder
    const auto again = runs.look("b");
    CHECK(again.state.status == RunStatus::running);
    CHECK(again.value.quantity.empty());
    CHECK(!again.memory_bytes);
}

TEST_CASE("a result is that of its run, however long the report took that was written between it and the last line")
{
    const Runs runs;
    const std::string end = R"({"event":"end","time":"2026-11-29T12:01:00Z","status":"done","exit":0})";
    runs.write("a", "result.json", result(), 100);
    runs.write("a", "progress.jsonl", start + end + "\n", 60);
    auto run = runs.look("a");
    CHECK(run.state.status == RunStatus::done);
    CHECK(run.value.quantity == "D/D0");

    runs.write("a", "progress.jsonl", start + end + "\n" + start); // another one has begun
    run = runs.look("a");
    CHECK(run.state.status == RunStatus::running);
    CHECK(run.value.quantity.empty());
    runs.write("a", "progress.jsonl",
               start + std::string(R"({"event":"end","status":"failed","exit":1,"sentence":"."})") + "\n");
    CHECK(runs.look("a").value.quantity.empty()); // the numbers of one are not the failure of the other
}

TEST_CASE("links in the folder of a run are not followed")
{
    const Runs runs;
    runs.write("other", "result.json", result());
    fs::create_directories(fs::path(runs.root) / "linked");
    fs::create_symlink("../other/result.json", fs::path(runs.root) / "linked/result.json");
    CHECK(RunFolders(runs.root).look(now_s()).size() == 1);
}

TEST_CASE("runs are found in all folders below, and what is damaged has failed and says why")
{
    const Runs runs;
    runs.write("deep/run10", "progress.jsonl", flow);
    runs.write("deep/run9", "progress.jsonl", std::string(100'000, '[') + "\n\xff\xfe{}\nnothing\n");
    runs.write("other", "result.json", "{");
    runs.write("nothing", "image.tif", "II");
    RunFolders folders(runs.root);
    const auto all = folders.look(now_s());
    REQUIRE(all.size() == 3);
    CHECK(all[0].folder == runs.root + "/deep/run9");
    CHECK(all[0].state.status == RunStatus::running);
    CHECK(all[1].folder == runs.root + "/deep/run10");
    CHECK(all[2].state.status == RunStatus::failed);
    CHECK(all[2].state.sentence.find("damaged") != std::string::npos);

    runs.write("other", "result.json", result()); // is read again once it has changed
    CHECK(folders.look(now_s())[2].state.status == RunStatus::done);
}

TEST_CASE("of a long progress the last lines are read")
{
    const Runs runs;
    std::string text = start;
    for (int i = 1; i <= 2000; ++i)
        text += fmt::format("{{\"stage\":\"diffusivity\",\"axis\":\"x\",\"iteration\":{}}}\n", i);
    runs.write("a", "progress.jsonl", text + "{\"stage\":\"diff");
    const auto run = runs.look("a");
    CHECK(run.state.iteration == 2000);
    CHECK(run.state.ranks == 4);
    const auto events = last_events(runs.root + "/a", 3);
    REQUIRE(events.size() == 3);
    CHECK(events[0]["iteration"] == 1998);
    CHECK(last_events(runs.root + "/none", 3).empty());
}
