// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "collection/collection.hpp"

#include "collection/result_search.hpp"
#include "core/error.hpp"
#include "io/scratch.hpp"
#include "support/catch.hpp"
#include "text/natural_order.hpp"

#include <fmt/format.h>

#include <filesystem>

using namespace lapilli;
using namespace lapilli::collection;
using text::natural_less;
using namespace lapilli::results;
using test::ScratchFolder;

namespace {

namespace fs = std::filesystem;

/// A result.json of an image of that name.
std::string written(const std::string& image = "a.tif", const std::string& result = "{}", const std::string& schema = "1",
                    const std::string& status = "done")
{
    return fmt::format(
        R"({{"schema": {}, "status": "{}", "program": {{"name": "lapilli", "version": "0.1"}}, "image": {{"path": "{}"}}, "result": {}}})",
        schema, status, image, result);
}

/// Why a file of these bytes is refused; empty if it is not.
std::string refusal(const std::string& bytes)
{
    const ScratchFolder folder;
    try {
        read_result(folder.write("result.json", bytes));
    } catch (const Error& error) {
        CHECK(error.code() == ExitCode::wrong_input);
        CHECK(std::string(error.what()).find(folder / "result.json") != std::string::npos);
        return error.what();
    }
    return "";
}

std::string run(const ScratchFolder& folder, const std::string& name)
{
    fs::create_directories(folder / name);
    return folder.write(name + "/result.json", written());
}

} // namespace

TEST_CASE("numbers in names count as numbers, and a folder's files stand together")
{
    CHECK(natural_less("run2", "run10"));
    CHECK_FALSE(natural_less("run10", "run2"));
    CHECK(natural_less("run2/9", "run10/1"));
    CHECK(natural_less("a/z", "a-b/a"));
    CHECK(natural_less("a1", "a1b"));
    CHECK(natural_less("a007", "a8"));
    CHECK(natural_less("a01", "a1") != natural_less("a1", "a01"));
    CHECK(natural_less("99999999999999999999998", "99999999999999999999999"));
    CHECK_FALSE(natural_less("a", "a"));
}

TEST_CASE("results are found in natural order, each once, whatever links lead to them")
{
    const ScratchFolder folder;
    const std::vector<std::string> wanted{run(folder, "runs/r2"), run(folder, "runs/r10"), run(folder, "runs/r11/deep/er")};
    fs::create_directory_symlink(".", folder / "runs/a-loop");
    fs::create_directory_symlink("../runs", folder / "runs/r2/another-loop");
    fs::create_directory_symlink("r10", folder / "runs/latest");
    fs::create_symlink("nowhere", folder / "runs/broken");
    CHECK(find_results({folder / "runs"}).files == wanted);
    CHECK(find_results({folder / "runs"}).remarks.empty());
    CHECK(find_results({wanted[1], folder / "runs", folder / "runs/latest"}).files ==
          std::vector<std::string>{wanted[1], wanted[0], wanted[2]});
}

TEST_CASE("the search follows a link to results that lie elsewhere, and ends eight levels down")
{
    const ScratchFolder folder;
    run(folder, "elsewhere/one");
    fs::create_directory(folder / "runs");
    fs::create_directory_symlink("../elsewhere", folder / "runs/linked");
    CHECK(find_results({folder / "runs"}).files == std::vector<std::string>{folder / "runs/linked/one/result.json"});
    const auto eight = run(folder, "deep/1/2/3/4/5/6/7/8");
    run(folder, "deep/1/2/3/4/5/6/7/8/9");
    CHECK(find_results({folder / "deep"}).files == std::vector<std::string>{eight});
}

TEST_CASE("a name without results is wrong input that is named")
{
    const ScratchFolder folder;
    run(folder, "good");
    fs::create_directory(folder / "empty");
    for (const std::string bad : {"empty", "missing"}) {
        try {
            find_results({folder / "good", folder / bad});
            FAIL("nothing was said of " << bad);
        } catch (const Error& error) {
            CHECK(error.code() == ExitCode::wrong_input);
            CHECK(test::has(error.what(), folder / bad));
        }
    }
}

TEST_CASE("what is not the result of a finished run of this schema is refused by name")
{
    CHECK(refusal(written()).empty());
    CHECK(refusal(written("a.tif", "{}", "1", "not converged")).empty());
    CHECK(test::has(refusal(written("a.tif", "{}", "1", "planned")), "finished"));
    CHECK(test::has(refusal(written("a.tif", "{}", "2")), "schema 2"));
    CHECK(test::has(refusal(written("a.tif", "{}", "18446744073709551615")), "schema 18446744073709551615"));
    CHECK(test::has(refusal(written("a.tif", "{}", "-1")), "schema"));
    CHECK(test::has(refusal(written("a.tif", "[]")), "lacks"));
    CHECK(test::has(refusal(""), "empty"));
    CHECK(test::has(refusal(written().substr(0, 60)), "byte"));
    CHECK(test::has(refusal(written("\xff")), "byte"));
    CHECK(test::has(refusal(written("a.tif", "{\"a\": 1e999}")), "too large"));
    for (const char* other : {"null", "17", "\"lapilli\"", "[1, 2]", "{}", "{\"program\": \"lapilli\"}"})
        CHECK(test::has(refusal(other), "not a result of lapilli"));
}

TEST_CASE("a file that is nested deeply or very large is refused before it does harm")
{
    CHECK(test::has(refusal(std::string(1 << 20, '[')), "nested"));
    std::string nested = "{}";
    for (int i = 0; i < 100; ++i) nested = "{\"a\":" + nested + "}";
    CHECK(test::has(refusal(written("a.tif", nested)), "nested"));
    std::string many = "[0";
    for (int i = 0; i < 8'000'000; ++i) many += ",0";
    CHECK(test::has(refusal(many + "]"), "more values"));
    const ScratchFolder folder;
    const auto path = folder.write("result.json", "{");
    fs::resize_file(path, 64'000'001); // of which the disk holds one byte
    CHECK_THROWS_AS(read_result(path), Error);
}

TEST_CASE("cells are quoted, hold all digits, and are empty where there is no value")
{
    const ScratchFolder folder;
    const auto path =
        folder.write("result.json", written(R"(a \"b\",c\n.tif)",
                                            R"({"porosity": {"boundary": "sealed", "total": 0.30000000000000004},
                    "diffusivity": {"x": {"relative": 0.1, "formation_factor": null, "converged": true}}})"));
    CHECK(to_csv({read_result(path)}) ==
          "result_path,converged,image_path,image_format,image_digest,program_version,nz_voxels,ny_voxels,nx_voxels,"
          "voxel_size_m,pore_labels,boundary,porosity,diffusivity_relative_x,formation_factor_x,diffusivity_converged_x\n" +
              path + ",true,\"a \"\"b\"\",c\n.tif\",,,0.1,,,,,,sealed,0.30000000000000004,0.1,,true\n");
}

TEST_CASE("a table has one line for each axis and shows no control characters")
{
    const ScratchFolder folder;
    const auto path = folder.write(
        "result.json", written(R"(dir/\u001b[2Ja.tif)", R"({"diffusivity": {"x": {"converged": true, "relative": 0.1},
            "z": {"converged": false, "relative": 0.25, "formation_factor": "4"}}})"));
    CHECK(to_table({read_result(path)}, 200) == fmt::format("image      axis  D/D0  converged  result\n"
                                                            "?[2Ja.tif  x      0.1  yes        {}\n"
                                                            "           z     0.25  no\n",
                                                            folder.path()));
}

TEST_CASE("a table shows the number to quote and how far it may be off, also of results that have no summary")
{
    const ScratchFolder folder;
    const auto old = folder.write("old.json", written("old.tif", R"({"permeability": {"x": {"converged": true,
        "permeability_md": 1829.7, "solver_error_estimate": 5e-4,
        "correction": {"spread": 0.02, "sample": 0.22, "permeability_md_corrected": 1345.6}}}})"));
    CHECK(test::has(to_table({read_result(old)}, 200), "old.tif  x       1346    0.05 %     2 %      22 %  yes"));
    auto bytes = written("new.tif", R"({"permeability": {"x": {"converged": true, "permeability_md": 1829.7}}})");
    bytes.insert(bytes.find("\"result\""),
                 R"("summary": {"permeability": {"x": {"value": 1400, "unit": "mD", "value_md": 1400,
        "parts": {"solver": 0.003, "grid": 0.04, "sample": null, "segmentation": null}}}}, )");
    const auto table = to_table({read_result(folder.write("new.json", bytes))}, 200);
    CHECK(test::has(table, "new.tif  x       1400     0.3 %     4 %  yes"));
    CHECK_FALSE(test::has(table, "sample"));
    const auto csv = to_csv({read_result(folder / "new.json")});
    CHECK(test::has(csv, ",permeability_summary_md_x,"));
    CHECK(test::has(csv, ",permeability_summary_grid_x,"));
    CHECK(test::has(csv, ",1400,"));
}

TEST_CASE("columns that do not fit beside each other stand below, with the image and the axis again")
{
    const ScratchFolder folder;
    const auto path = folder.write("result.json", written("rock.tif", R"({"porosity": {"total": 0.25},
        "diffusivity": {"x": {"converged": true, "relative": 0.1, "solver_error_estimate": 1e-5}},
        "permeability": {"x": {"converged": true, "permeability_md": 400, "solver_error_estimate": 5e-4}}})"));
    const auto table = to_table({read_result(path)}, 50);
    CHECK(test::has(table, "image     result\nrock.tif  " + folder.path() + "\n")); // not of axes: without them
    std::size_t images = 0;
    for (std::size_t at = 0; (at = table.find("rock.tif", at)) != std::string::npos; ++at) ++images;
    CHECK(images >= 2);
    for (const char* part : {"0.1", "400", "0.25", "0.001 %", "0.05 %"}) CHECK(test::has(table, part));
    for (std::size_t begin = 0; begin < table.size();) {
        const auto end = table.find('\n', begin);
        if (table.substr(begin, end - begin).find(folder.path()) == std::string::npos) CHECK(end - begin <= 60); // bytes
        begin = end + 1;
    }
}
