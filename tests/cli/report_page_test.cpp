// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/html/page.hpp"

#include "picture/base64.hpp"
#include "picture/png.hpp"
#include "report/html/rows.hpp"
#include "support/catch.hpp"
#include "web/files.hpp"

#include <fmt/format.h>

#include <cmath>
#include <sstream>

using namespace lapilli;
using namespace lapilli::report::html;

namespace {

/// What result.json has of a run along x alone, with numbers of any size.
Json small_result(double k_md)
{
    return Json::parse(fmt::format(R"({{
      "status": "done",
      "program": {{"name": "lapilli", "version": "1.2.3", "git": "abc"}},
      "image": {{"path": "/a/rock.tif", "format": "TIFF", "shape": [1, 20, 30], "voxel_size_m": null, "pore": [0]}},
      "summary": {{"permeability": {{"x": {{"value": {0}, "unit": "mD", "parts": {{"solver": 0.001, "grid": null, "sample": 0.25}},
          "made_by": "blocks", "grid_shift": -0.25, "converged": true, "note": null, "value_m2": 1.7e-12, "value_md": {0}}}}}}},
      "result": {{"porosity": {{"boundary": "sealed", "total": 0.206915, "connected": {{"x": 0.2, "y": 0.1, "z": 0}}}},
        "permeability": {{"x": {{"permeability_md": 2293.86, "iterations": 4, "hydraulic_tortuosity": null}}}}}},
      "timing": {{"read": {{"max_s": 0.5}}, "total_s": 173}}, "memory": {{"total_bytes": 1000000, "peak_bytes": [1000000]}},
      "run": {{"ranks": 2, "hosts": 1, "command": "/home/me/bin/lapilli analyze rock.tif"}}}})",
                                   k_md));
}

Run run_of(Json result) { return {.name = "rock.tif", .result = std::move(result)}; }

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const Row* row_of(const std::vector<RowGroup>& groups, const std::string& key)
{
    for (const auto& group : groups)
        for (const auto& row : group.rows)
            if (row.key == key) return &row;
    return nullptr;
}

} // namespace

TEST_CASE("a number stands on a page as people write it")
{
    CHECK(figures(1829.74) == "1830");
    CHECK(figures(12572994.0, 8) == "12\u202f572\u202f994");
    CHECK(figures(-0.0431, 3) == "−0.0431");
    CHECK(figures(1.3333e-12) == "1.33\u00a0×\u00a010⁻¹²");
    CHECK(figures(2.5e20) == "2.50\u00a0×\u00a010²⁰");
    CHECK(figures(0.0) == "0");
    CHECK(figures(std::nullopt) == "–");
    CHECK(whole(12572994.0) == "12\u202f572\u202f994");
    CHECK(percents(0.1483) == "15\u00a0%");
    CHECK(percents(0.0004) == "0.04\u00a0%");
    CHECK(percents(3e-7) == "<\u00a00.001\u00a0%");
    CHECK(duration(173) == "2\u00a0min 53\u00a0s");
    CHECK(duration(7200) == "2.0\u00a0h");
}

TEST_CASE("no name and no text of a result can be markup")
{
    const std::string evil = "<img src=x onerror='a&b'>\"</script>";
    CHECK(escaped(evil) == "&lt;img src=x onerror=&#39;a&amp;b&#39;&gt;&quot;&lt;/script&gt;");
    CHECK(contains(escaped("a\xff"), "\ufffd"));
    auto run = run_of(small_result(1714.7));
    run.name = evil;
    for (const char* place : {"/image/path", "/image/format", "/program/version", "/run/command",
                              "/summary/permeability/x/unit", "/summary/permeability/x/note"})
        run.result[Json::json_pointer(place)] = evil;
    run.result["warnings"] = Json::array({evil});
    run.fault = evil;
    run.pictures = Json::parse(R"({"image": {"planes": {"z": [{"index": 0, "png": "\"><img src=x>"}]}}})");
    CHECK_FALSE(contains(page(run), "<img src=x"));
}

TEST_CASE("the policy of a page allows its own scripts and styles, and nothing else")
{
    const auto text = page(run_of(small_result(1714.7)));
    CHECK(contains(text, "default-src 'none'; img-src data:; script-src 'sha256-"));
    CHECK_FALSE(contains(text, " style=\""));
    CHECK_FALSE(contains(text, "src=\"http"));
    CHECK_FALSE(contains(text, "href=\"http"));
    CHECK_THROWS(web::file("nothing.js"));
    for (const auto& file : web::files()) CHECK_FALSE(contains(std::string(file.text), "</script"));
}

TEST_CASE("the first screen has the value to quote, its uncertainty, its unit and what was measured")
{
    const auto text = page(run_of(small_result(1714.6976)));
    for (const char* part :
         {"rock.tif", ">1715<", "±\u00a025\u00a0%", ">mD<", ">20.69 <small>%",
          "1\u00a0×\u00a020\u00a0×\u00a030\u00a0voxels\u00a0(z,\u00a0y,\u00a0x) of a size that is not known", "a 2-D image",
          "2 ranks on 1 host", "<small>sample</small>", "<span>lapilli</span> <span>analyze</span> <span>rock.tif</span>"})
        CHECK(contains(text, part));
    CHECK_FALSE(contains(text, "/home/me"));
    CHECK(text.find(">1715<") < text.find("id=\"image\"")); // before what only who cites it needs
    CHECK(contains(page(run_of(small_result(3.2e-9))), "3.20\u00a0×\u00a010⁻⁹"));
    CHECK(contains(page(run_of(small_result(4.1e12))), "4.10\u00a0×\u00a010¹²"));
}

TEST_CASE("rows come from the lists of quantities, with all digits for machines")
{
    const auto result = small_result(1714.6976581620022);
    const auto groups = rows_of(result);
    const auto* quote = row_of(groups, "permeability.summary.value_md");
    REQUIRE(quote != nullptr);
    CHECK(quote->quote);
    CHECK(quote->unit == "mD");
    CHECK(*quote->axes[Axis::x] == 1714.6976581620022);
    CHECK(quote->axes[Axis::y] == nullptr);
    REQUIRE(row_of(groups, "permeability.hydraulic_tortuosity") != nullptr);
    CHECK(row_of(groups, "permeability.hydraulic_tortuosity")->axes[Axis::x]->is_null());
    CHECK(row_of(groups, "diffusivity.relative") == nullptr);
    std::istringstream lines(csv_of(groups));
    std::string line;
    bool found = false;
    while (std::getline(lines, line))
        found = found || line.starts_with("permeability.summary.value_md,mD,,1714.6976581620022,,,");
    CHECK(found);
}

TEST_CASE("a page shows what labels share, in micrometres, and how a surface lies")
{
    auto result = small_result(1000);
    result["image"]["voxel_size_m"] = 1e-6;
    result["result"]["interfaces"] = Json::parse(R"({"boundary": "sealed", "materials": [{"label": 0, "fraction": 0.5}],
        "contacts": [{"labels": [0, 85], "area_per_voxel": 0.25, "area_per_m": 250000.0}],
        "lines": [{"labels": [0, 85, 170], "length_per_voxel2": 0.5, "length_per_m2": 5e11}]})");
    result["result"]["pore_size"]["fabric"]["tensor"] = Json::parse("[[1, 1e-17, 0], [1e-17, -1e-17, 0], [0, 0, 0]]");
    const auto groups = rows_of(result);
    const auto* line = row_of(groups, "interfaces.lines.0.length_per_m2");
    REQUIRE(line != nullptr);
    CHECK(line->name == "Line of labels 0, 85 and 170");
    CHECK(line->unit == "1/m²");
    CHECK(row_of(groups, "interfaces.contacts.0.area_per_voxel")->detail);
    CHECK(contains(csv_of(groups), "interfaces.contacts.0.area_per_m,1/m,250000.0,"));
    const auto html = measured(run_of(result));
    CHECK(contains(html, "Surface between labels 0 and 85 <span class=\"unit-inline\">[1/µm]</span></th><td class=\"n\" "
                         "colspan=\"3\">0.250000</td>"));
    CHECK(contains(html, "<h3>Fabric</h3>"));
    CHECK_FALSE(contains(html, "10⁻¹⁷")); // what is left of a zero
}

TEST_CASE("the numbers of a result are a tree for programs, each with its name, unit and what people read it in")
{
    auto result = small_result(1234.5);
    result["image"]["voxel_size_m"] = 1e-6;
    result["result"]["pore_size"] = {{"of", "solid"}, {"mean_radius_voxels", 3.5}, {"mean_radius_m", 3.5e-6}};
    const auto groups = json_of(rows_of(result));
    const auto rows = [&](const std::string& title) {
        for (const auto& group : groups)
            if (group["title"] == title) return group["rows"];
        return Json();
    };
    CHECK(rows("Permeability k, to quote")[0]["x"] == 1234.5);
    CHECK(rows("Permeability k, to quote")[0]["quote"] == true);
    CHECK(rows("Grain sizes")[1]["key"] == "pore_size.mean_radius_m");
    CHECK(rows("Grain sizes")[1]["image"] == 3.5e-6);
    CHECK(rows("Grain sizes")[1]["shown"] == Json{{"unit", "µm"}, {"factor", 1e6}});
}

TEST_CASE("a run that measured neither pores nor transport has no empty headline")
{
    auto result = small_result(1);
    result["summary"] = Json::object();
    result["result"] = {{"interfaces", {{"materials", {{{"label", 0}, {"fraction", 1.0}}}}}}};
    CHECK_FALSE(contains(measured(run_of(result)), "not measured"));
    CHECK(contains(measured(run_of(result)), "Fraction of label 0"));
}

TEST_CASE("a page without a result says first why")
{
    Run run{.name = "rock.lapilli", .events = {Json::parse(R"({"stage": "read"})")}};
    CHECK(verdict_of(run).state == State::unfinished);
    const auto text = page(run);
    CHECK(text.find("The run is still at work, or was killed") < text.find("id=\"results\""));
    CHECK(contains(text, "not known yet: the run has not finished"));
    run.events.push_back(
        Json::parse(R"({"event": "end", "status": "failed", "exit": 2, "sentence": "there is no file rock.tif"})"));
    CHECK(verdict_of(run).state == State::failed);
    CHECK(contains(page(run), "There is no file rock.tif."));
    run.events.push_back(Json::parse(R"({"event": "resume"})"));
    CHECK(verdict_of(run).state == State::unfinished);
    run.events.push_back(Json::parse(R"({"event": "end", "status": "stopped"})"));
    CHECK(verdict_of(run).state == State::stopped);
    CHECK(page(Run{.name = "x", .fault = "result.json is damaged"}).find("result.json is damaged") != std::string::npos);
}

TEST_CASE("a page of a result says what became of a later run in its folder, and shows nothing else of it")
{
    auto run = run_of(small_result(1714.7));
    run.result["run"]["finished"] = "2026-01-01T00:00:10Z";
    const auto step = [](double value) {
        return Json{{"stage", "diffusivity"}, {"axis", "x"}, {"iteration", 1}, {"value", value}, {"bound", 0.1}};
    };
    run.events = {Json::parse(R"({"event": "start", "time": "2026-01-01T00:00:01Z", "command": "lapilli analyze a.tif"})"),
                  step(0.25), Json::parse(R"({"event": "end", "status": "done"})")};
    const auto before = verdict_of(run).sentence;
    CHECK(before == "All solves have converged.");
    run.events.push_back(
        Json::parse(R"({"event": "start", "time": "2026-01-01T00:01:00Z", "command": "lapilli analyze b.tif"})"));
    run.events.push_back(step(0.75));
    CHECK(verdict_of(run).sentence == before + " A later run in this folder is still at work, or was killed.");
    CHECK(verdict_of(run).state == State::done);
    CHECK(convergence_of(run)["diffusivity"]["x"].size() == 1);
    CHECK(convergence_of(run)["diffusivity"]["x"][0]["value"] == 0.25);
    CHECK(start_of(run)["command"] == "lapilli analyze a.tif");
    run.events.push_back(Json::parse(R"({"event": "end", "status": "failed", "sentence": "the disk is full"})"));
    CHECK(verdict_of(run).sentence == before + " A later run in this folder has failed: The disk is full.");
}

TEST_CASE("where nothing gets through, a page says so and speaks of no uncertainty")
{
    auto result = small_result(0);
    auto& quote = result["summary"]["permeability"]["x"];
    quote["made_by"] = "percolation";
    quote["parts"] = {{"solver", nullptr}, {"grid", nullptr}, {"sample", nullptr}};
    const auto text = page(run_of(result));
    CHECK(contains(text, "nothing gets through: no pores connect the two faces"));
    CHECK(contains(text, "There was nothing to solve."));
    for (const char* part : {"not measured; ", "class=\"key\"", "id=\"sure\""}) CHECK_FALSE(contains(text, part));
}

TEST_CASE("sentences of the terminal begin large and end on pages, but for names of files")
{
    CHECK(sentence_from("the disk is full") == "The disk is full.");
    CHECK(sentence_from("rock.tif is empty") == "rock.tif is empty.");
    CHECK(sentence_from("Well.") == "Well.");
    CHECK(sentence_from("").empty());
}

TEST_CASE("iterations that a resumed run does again count once")
{
    Run run;
    auto& events = run.events;
    for (const int iteration : {1, 2, 3, 2, 3, 4})
        events.push_back(
            {{"stage", "diffusivity"}, {"axis", "x"}, {"iteration", iteration}, {"value", 0.1 * iteration}, {"bound", 0.1}});
    events.push_back({{"stage", "diffusivity of blocks"}, {"axis", "x"}, {"iteration", 9}, {"value", 1}});
    const auto found = convergence_of(run);
    REQUIRE(found.size() == 1);
    REQUIRE(found["diffusivity"]["x"].size() == 4);
    CHECK(found["diffusivity"]["x"][3]["iteration"] == 4);
}

TEST_CASE("a value beyond a scale has the colour of its end, and none has no colour")
{
    using picture::Scale;
    const Scale linear{.low = 0, .high = 1}, log{.low = 0.01, .high = 10, .log = true};
    CHECK(linear.index_of(-5) == 1);
    CHECK(linear.index_of(0.5) == 25);
    CHECK(linear.index_of(7) == picture::levels);
    CHECK(linear.index_of(std::nan("")) == 0);
    CHECK(log.index_of(0) == 1);
    CHECK(log.index_of(10) == picture::levels);
    CHECK(log.index_of(std::sqrt(0.1)) == 25);
    CHECK(Scale{.low = 1, .high = 1}.index_of(1) == 1);
    CHECK(picture::palette_of(picture::Table::viridis).size() == picture::levels + 1);
    CHECK(picture::palette_of(picture::Table::viridis).front().opacity == 0);
}

TEST_CASE("base64 is that of everybody")
{
    CHECK(picture::base64("") == "");
    CHECK(picture::base64("f") == "Zg==");
    CHECK(picture::base64("fo") == "Zm8=");
    CHECK(picture::base64("foobar") == "Zm9vYmFy");
    CHECK(picture::base64("\xff\xfe\xfd") == "//79");
    CHECK(picture::is_base64("Zm8="));
    for (const char* none : {"", "Zg", "Z===", "Zm9\"", "====", "Zm<8"}) CHECK_FALSE(picture::is_base64(none));
}

TEST_CASE("a picture has as few bits a pixel as its palette needs")
{
    const auto bits = [](std::size_t colours) {
        const auto file = picture::png(
            {.width = 3, .height = 2, .pixels = {0, 1, 0, 1, 0, 1}, .palette = std::vector<picture::Colour>(colours)},
            picture::Effort::quick);
        CHECK(file.substr(0, 8) == "\x89PNG\r\n\x1a\n");
        return int{file.at(24)}; // of IHDR
    };
    CHECK(bits(2) == 1);
    CHECK(bits(3) == 2);
    CHECK(bits(16) == 4);
    CHECK(bits(49) == 8);
}
