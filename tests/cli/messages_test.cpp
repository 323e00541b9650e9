// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/command_line.hpp"
#include "support/catch.hpp"
#include "terminal/progress_line.hpp"
#include "text/nearest.hpp"

#include <cmath>

using namespace lapilli;
using namespace lapilli::cli;
using namespace lapilli::terminal;
using namespace lapilli::text;

namespace {

Request read(std::vector<const char*> words)
{
    words.insert(words.begin(), "lapilli");
    return read_command_line(static_cast<int>(words.size()), words.data());
}

std::string refused_with(const std::vector<const char*>& words)
{
    const auto request = read(words);
    return request.refusal ? request.refusal->what() : "";
}

} // namespace

TEST_CASE("a misspelt word is taken for the nearest one that is known")
{
    const std::vector<std::string> known{"--shape", "--type", "--voxel", "--max-iterations"};
    CHECK(nearest("--voxle", known) == "--voxel");
    CHECK(nearest("--shap", known) == "--shape");
    CHECK(nearest("--max", known) == "--max-iterations");
    CHECK(nearest("--colour", known).empty());
    CHECK(nearest("", known).empty());
}

TEST_CASE("progress shows the physics and leaves out what is not known")
{
    CHECK(progress_text({.stage = "read"}) == "read");
    CHECK(progress_text({.stage = "diffusivity", .phase = "setup"}) == "diffusivity  setup");
    CHECK(progress_text({.stage = "permeability", .axis = Axis::y, .phase = "start", .iteration = 4, .residual = 3e-4}) ==
          "permeability y  start  iteration 4  residual 3.0e-04");
    CHECK(progress_text({.stage = "diffusivity",
                         .axis = Axis::x,
                         .iteration = 4,
                         .residual = 3e-4,
                         .value = 0.0432008,
                         .bound = 2e-5,
                         .eta_s = 2}) ==
          "diffusivity x  iteration 4  D/D0 = 0.043201 \u00b1 2e-05  residual 3.0e-04  eta 2 s");
    CHECK(progress_text({.stage = "diffusivity", .axis = Axis::z, .iteration = 1, .value = 0.5, .bound = std::nan("")}) ==
          "diffusivity z  iteration 1  D/D0 = 0.5");
}

TEST_CASE("progress says what all solves have left, and is never wider than the terminal")
{
    const ProgressEvent event{.stage = "permeability of block 12 of 27, two cells per voxel",
                              .axis = Axis::x,
                              .iteration = 14,
                              .residual = 3e-4,
                              .value = 0.0432008,
                              .bound = 2e-5,
                              .eta_s = 2};
    CHECK(progress_text(event, {300, 0.4299}, 200)
              .ends_with("k = 0.043201 \u00b1 2e-05  residual 3.0e-04  eta 2 s, of all 5 min (42 % done)"));
    CHECK(progress_text({.stage = "diffusivity"}, {300, 0}) == "diffusivity  eta of all 5 min");
    CHECK(progress_text(event, {}, 98).ends_with("k = 0.043201 \u00b1 2e-05  eta 2 s"));
    CHECK(progress_text(event, {}, 90).ends_with("k = 0.043201  eta 2 s"));
    CHECK(progress_text(event, {300, 0.5}, 91) ==
          "permeability of block 12 of 27, two cells per voxel x  eta 2 s, of all 5 min (50 % done)");
    for (std::size_t columns = 1; columns < 140; ++columns)
        CHECK(text::width(progress_text(event, {300, 0.5}, columns)) <= columns);
}

TEST_CASE("a command line that cannot be read names the word at fault")
{
    CHECK(refused_with({}).find("needs a verb") != std::string::npos);
    CHECK(refused_with({"anlyze", "a.tif"}).find("did you mean analyze?") != std::string::npos);
    CHECK(refused_with({"info", "a.tif", "--voxle", "2um"}).find("--voxel") != std::string::npos);
    CHECK(refused_with({"generate", "tub", "--size", "8"}).find("did you mean tube?") != std::string::npos);
    CHECK(refused_with({"info", "a.tif", "b.tif"}).find("b.tif") != std::string::npos);
    CHECK(refused_with({"diffusivity", "a.tif", "--axis"}).find("--axis needs a value") != std::string::npos);
    CHECK(refused_with({"info", "a.tif", "--voxel", "1um", "--voxel", "2um"}).find("more than once") != std::string::npos);
}

TEST_CASE("letters of any size, other names of types and decimal commas are understood")
{
    CHECK(refused_with({"diffusivity", "a.tif", "--axis", "X"}).empty());
    CHECK(refused_with({"info", "a.raw", "--shape", "4x4x4", "--type", "uint8"}).empty());
    CHECK(refused_with({"info", "a.raw", "--shape", "4x4x4", "--type", "Float32"}).empty());
    CHECK(refused_with({"diffusivity", "a.tif", "--accuracy", "0,001"}).empty());
    CHECK(refused_with({"diffusivity", "a.tif", "--accuracy", "1,000"}).find("between 0 and 1") != std::string::npos);
    CHECK(refused_with({"diffusivity", "a.tif", "--accuracy", "0,1,2"}).find("not a number") != std::string::npos);
    CHECK(refused_with({"diffusivity", "a.tif", "--conductivity", "85=0,05"}).empty());
    CHECK(refused_with({"generate", "spheres", "--size", "8", "--porosity", "0,35", "-o", "a.tif"}).empty());
}

TEST_CASE("the number of blocks may be 0, and a negative one is refused with what is expected")
{
    CHECK(refused_with({"diffusivity", "a.tif", "--blocks", "0"}).empty());
    CHECK(refused_with({"diffusivity", "a.tif", "--blocks", "-1"}).find("0 or more") != std::string::npos);
    CHECK(refused_with({"diffusivity", "a.tif", "--blocks", "many"}).find("whole number") != std::string::npos);
}

TEST_CASE("options may stand before the image, and conductivities may be repeated")
{
    CHECK(refused_with({"diffusivity", "--conductivity", "0=1", "--conductivity", "85=0.05", "a.tif"}).empty());
    CHECK(refused_with({"diffusivity", "--axis", "x", "--ranks", "2", "a.tif"}).empty());
    CHECK(read({"diffusivity", "a.tif", "--ranks", "3"}).launch.ranks == 3);
    CHECK(read({"generate", "tube", "--size", "8", "-o", "a.tif", "--ranks", "3"}).launch.ranks == 3);
}

TEST_CASE("help and version are texts, not refusals")
{
    for (const auto& words :
         std::vector<std::vector<const char*>>{{"--help"}, {"--version"}, {"info", "--help"}, {"generate", "tube", "-h"}}) {
        const auto request = read(words);
        CHECK_FALSE(request.refusal);
        CHECK(request.text.size() > 20);
    }
}
