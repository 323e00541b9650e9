// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/case_file.hpp"
#include "cli/command_line.hpp"
#include "cli/common_options.hpp"
#include "cli/image_options.hpp"
#include "support/catch.hpp"

#include <CLI/CLI.hpp>

#include <random>

using namespace lapilli;
using namespace lapilli::cli;

namespace {

/// What has to be typed instead of a case file in the folder `cases`, in the order of the help.
std::vector<std::string> typed(const std::string& text)
{
    CLI::App command("", "analyze");
    study::Options study;
    results::Options output;
    add_image_options(command, study.image, true);
    add_output_options(command, output);
    add_solver_options(command, study, output.checkpoints, "1e-4");
    add_conductivity_option(command, study);
    apply({"cases/a.toml", text}, command);
    std::vector<std::string> words;
    for (const auto* option : command.get_options())
        for (const auto& value : option->results()) words.push_back("--" + option->get_lnames().front() + "=" + value);
    return words;
}

std::string refusal_of(const std::string& text)
{
    try {
        typed(text);
    } catch (const Error& error) {
        CHECK(error.code() == ExitCode::wrong_input);
        return error.what();
    }
    return "";
}

Request read(std::vector<const char*> words, const std::string& text)
{
    words.insert(words.begin(), "lapilli");
    return read_command_line(static_cast<int>(words.size()), words.data(), [&](const std::string& path) {
        return CaseFile{path, text};
    });
}

std::string refusal(const std::vector<const char*>& words, const std::string& text)
{
    const auto request = read(words, text);
    return request.refusal ? request.refusal->what() : "";
}

} // namespace

TEST_CASE("values of the types of TOML are what a person would type")
{
    using Words = std::vector<std::string>;
    CHECK(typed("shape = [400, 300, 200]") == Words{"--shape=400,300,200"});
    CHECK(typed("shape = '400x300x200'") == Words{"--shape=400x300x200"});
    CHECK(typed("shape = {nx = 200, ny = 300, nz = 400}") == Words{"--shape=nx=200,ny=300,nz=400"});
    CHECK(typed("pore = 1") == Words{"--pore=1"});
    CHECK(typed("pore = [0, -1]") == Words{"--pore=0,-1"});
    CHECK(typed("axis = ['x', 'z']") == Words{"--axis=x,z"});
    CHECK(typed("crop = [[0, 100], ':', [50, 150]]") == Words{"--crop=0:100,:,50:150"});
    CHECK(typed("accuracy = 1e-4\nmax-iterations = 1_000") == Words{"--accuracy=0.0001", "--max-iterations=1000"});
    CHECK(typed("json = true\nquiet = false") == Words{"--json=true", "--quiet=false"});
    CHECK(typed("conductivity = {0 = 1.0, 85 = 0.05}") == Words{"--conductivity=0=1", "--conductivity=85=0.05"});
    CHECK(typed("conductivity = ['0=1', '85=0.05']") == Words{"--conductivity=0=1", "--conductivity=85=0.05"});
    CHECK(typed("# nothing").empty());
}

TEST_CASE("a number of a case file keeps all its digits")
{
    CHECK(typed("accuracy = 0.012345678901234567") == std::vector<std::string>{"--accuracy=0.012345678901234567"});
}

TEST_CASE("an image is looked for beside the case file, other names are taken as they are")
{
    using Words = std::vector<std::string>;
    CHECK(typed("image = 'rock.tif'\nout = 'here'") == Words{"--image=cases/rock.tif", "--out=here"});
    CHECK(typed("image = '/data/rock.h5:/image'") == Words{"--image=/data/rock.h5:/image"});
}

TEST_CASE("what is wrong with a key or a value is said with its place")
{
    CHECK(refusal_of("axis = 'x'\n  voxle = '2um'").starts_with("cases/a.toml:2:3: there is no key 'voxle'"));
    CHECK(test::has(refusal_of("voxle = '2um'"), "did you mean voxel?"));
    CHECK(test::has(refusal_of("max_iterations = 3"), "did you mean max-iterations?"));
    CHECK(test::has(refusal_of("colour = 3"), "expected one of image, shape"));
    CHECK(test::has(refusal_of("help = true"), "no key 'help'"));
    CHECK(test::has(refusal_of("CASE = 'b.toml'"), "no key 'CASE'"));
    CHECK(test::has(refusal_of("[image]\npath = 'a.tif'"), "expected the name of a file"));
    CHECK(refusal_of("accuracy = true").starts_with("cases/a.toml:1:12: accuracy: the value is of a kind"));
    CHECK(refusal_of("json = 1").starts_with("cases/a.toml:1:8: json: "));
    CHECK(test::has(refusal_of("json = 'yes'"), "expected true or false"));
    CHECK(test::has(refusal_of("voxel = 1979-05-27"), "of a kind"));
    CHECK(test::has(refusal_of("out = ''"), "cases/a.toml:1:7: out: the value is empty"));
    CHECK(test::has(refusal_of("pore = []"), "empty"));
}

TEST_CASE("what is not TOML is refused with its place")
{
    CHECK(refusal_of("axis = 'x'\naxis = 'y'\n").starts_with("cases/a.toml:2:8: this is not TOML"));
    CHECK(refusal_of("axis = x").starts_with("cases/a.toml:1:"));
    CHECK(refusal_of("axis 'x'").starts_with("cases/a.toml:1:"));
    CHECK(refusal_of("pore = [0, 1").starts_with("cases/a.toml:1:"));
    CHECK(test::has(refusal_of(std::string("\x89HDF\r\n\x1a\n\0\xff\xfe", 12)), "this is not TOML"));
    CHECK(test::has(refusal_of("pore = " + std::string(100'000, '[')), "this is not TOML"));
}

TEST_CASE("a damaged case file is read or refused, whatever is in it")
{
    const std::string good = "image = 'rock.raw' # it\nshape = [24, 24, 0x18]\ncrop = [[0, 20], ':', \":\"]\n"
                             "conductivity = {0 = 1.0, '1' = 5e-2}\njson = true\nout = \"\"\"a\nb\"\"\"\n[[x.y]]\n";
    std::mt19937 random(1); // the same on every machine
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
    int refused = 0;
    for (int round = 0; round < 5000; ++round) {
        std::string text = good.substr(0, 1 + below(good.size()));
        for (std::size_t damage = below(4); damage > 0; --damage) text[below(text.size())] = static_cast<char>(below(256));
        if (!refusal_of(text).empty()) ++refused; // anything but an Error with exit code 2 fails
    }
    CHECK(refused > 4000);
}

TEST_CASE("a value that an option refuses is refused with its place in the file")
{
    CHECK(refusal({"diffusivity", "a.toml"}, "image = 'a.tif'\nvoxel = '5'") ==
          "a.toml:2:9: voxel: the length '5' has no unit; write it with one of nm, um, mm, cm, m, such as 5um");
    CHECK(refusal({"diffusivity", "a.toml"}, "image = 'a.tif'\nranks = 0").starts_with("a.toml:2:9: ranks: "));
    CHECK(test::has(refusal({"diffusivity", "a.toml"}, "image = 'a.tif'\npore = [[0, 1, 2]]"),
                    "'0:1:2' is not a list of labels"));
    CHECK(refusal({"diffusivity", "a.toml"}, "image = 'a.tif'\nconductivity = {0 = -1}").starts_with("a.toml:2:16: "));
    CHECK(test::has(refusal({"diffusivity", "a.toml"}, "axis = 'x'"), "IMAGE"));
    CHECK(test::has(refusal({"porosity", "a.toml"}, "image = 'a.tif'\naxis = 'x'"), "no key 'axis' for porosity"));
}

TEST_CASE("what is typed overrides the case file, and is refused without a place")
{
    const auto* text = "image = 'a.tif'\nranks = 3\naxis = 'w'";
    CHECK(test::has(refusal({"diffusivity", "a.toml"}, text), "a.toml:3:8: axis: 'w'"));
    CHECK(refusal({"diffusivity", "a.toml", "--axis", "x"}, text).empty());
    CHECK(refusal({"diffusivity", "--axis", "x", "a.toml", "b.tif"}, text).empty());
    CHECK(refusal({"diffusivity", "a.toml", "--axis", "v"}, text).starts_with("--axis: 'v'"));
    CHECK(read({"info", "a.toml"}, "image = 'a.tif'\nranks = 3").launch.ranks == 3);
    CHECK(read({"info", "a.toml", "--ranks", "2"}, "image = 'a.tif'\nranks = 3").launch.ranks == 2);
    CHECK(test::has(refusal({"diffusivity", "a.toml", "--axes", "x"}, "image = 'a.tif'"), "did you mean --axis?"));
}

TEST_CASE("a case file is read once, where nothing that is typed is wrong and no help is asked for")
{
    std::vector<std::string> paths;
    const auto read_words = [&](std::vector<const char*> words) {
        words.insert(words.begin(), {"lapilli", "analyze", "dir/case.toml"});
        paths.clear();
        return read_command_line(static_cast<int>(words.size()), words.data(), [&](const std::string& path) {
            paths.push_back(path);
            return CaseFile{path, "image = 'rock.tif'"};
        });
    };
    CHECK_FALSE(read_words({}).refusal);
    CHECK(paths == std::vector<std::string>{"dir/case.toml"});
    CHECK_FALSE(read_words({"--help"}).text.empty());
    CHECK(paths.empty());
    CHECK(read_words({"--axis", "v"}).refusal);
    CHECK(paths.empty());
}

TEST_CASE("what a case file and the words say together is checked, too")
{
    const auto* text = "image = 'a.tif'\nboundary = 'periodic'\npore = 1";
    CHECK(refusal({"diffusivity", "a.toml"}, text).empty());
    CHECK(refusal({"diffusivity", "a.toml", "--axis", "all"}, text).empty());
    CHECK(test::has(refusal({"diffusivity", "a.toml", "--axis", "x"}, text), "expected --axis all"));
    CHECK(test::has(refusal({"diffusivity", "a.toml", "--conductivity", "0=1"}, text), "leave --pore out"));
}
