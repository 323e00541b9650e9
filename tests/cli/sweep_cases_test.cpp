// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/sweep_cases.hpp"

#include "core/error.hpp"
#include "io/scratch.hpp"
#include "support/catch.hpp"

using namespace lapilli;
using namespace lapilli::cli;
using Words = std::vector<std::string>;

namespace {

Words values(const std::string& text) { return parse_varied({text}).front().values; }

Words names(const Sweep& sweep)
{
    Words found;
    for (const auto& one : cases_of(sweep)) found.push_back(one.name);
    return found;
}

} // namespace

TEST_CASE("values are lists or ranges, and whole where their option comes again")
{
    CHECK(values("threshold=90, 100,110") == Words{"90", "100", "110"});
    CHECK(values("threshold=90:110:10") == Words{"90", "100", "110"});
    CHECK(values("accuracy=0.1:0.35:0.1") == Words{"0.1", "0.2", "0.3"});
    CHECK(values("threshold=30:10:-10,5") == Words{"30", "20", "10", "5"});
    CHECK(values("crop=0:9") == Words{"0:9"});
    const auto crops = parse_varied({"crop=0:64,:,:", "axis=x,y", "crop=64:128,:,:"});
    REQUIRE(crops.size() == 2);
    CHECK(crops[0].values == Words{"0:64,:,:", "64:128,:,:"});
    CHECK(crops[1].values == Words{"x", "y"});
    for (const char* wrong : {"threshold", "=9", "threshold=", "threshold=1,,2", "threshold=9:1:1", "threshold=1:9:0"})
        CHECK_THROWS_AS(parse_varied({wrong}), Error);
}

TEST_CASE("a conductivity varies by its label")
{
    const auto varied = parse_varied({"conductivity=85=0.01,85=0.05,0.1", "conductivity=170=1:2:1"});
    REQUIRE(varied.size() == 2);
    CHECK(varied[0].name() == "conductivity=85");
    CHECK(varied[0].values == Words{"0.01", "0.05", "0.1"});
    CHECK(varied[1].values == Words{"1", "2"});
    const auto cases = cases_of({.verb = "diffusivity",
                                 .images = {"a.tif"},
                                 .options = {{"conductivity", "0=1"}, {"conductivity", "85=9"}, {"axis", "x"}},
                                 .varied = {varied[0]},
                                 .folder = "s"});
    CHECK(cases[1].command() == "lapilli diffusivity a.tif --conductivity 0=1 --axis x --conductivity 85=0.05 "
                                "--out s/conductivity=85=0.05");
}

TEST_CASE("every image is taken with every value, the last option changing first")
{
    const Sweep sweep{.verb = "porosity",
                      .images = {"a/my rock.tif", "scan.h5:/im"},
                      .options = {},
                      .varied = parse_varied({"pore=0,1", "boundary=sealed,periodic"}),
                      .folder = "s"};
    CHECK(names(sweep) == Words{"my rock,pore=0,boundary=sealed", "my rock,pore=0,boundary=periodic",
                                "my rock,pore=1,boundary=sealed", "my rock,pore=1,boundary=periodic",
                                "scan--im,pore=0,boundary=sealed", "scan--im,pore=0,boundary=periodic",
                                "scan--im,pore=1,boundary=sealed", "scan--im,pore=1,boundary=periodic"});
    CHECK(varied_names(sweep) == Words{"image", "pore", "boundary"});
    CHECK(cases_of(sweep)[1].values == Words{"a/my rock.tif", "0", "periodic"});
}

TEST_CASE("cases that coincide are one, and no two have one folder")
{
    const auto named = [](Words images, Words vary) {
        return names({.verb = "porosity", .images = images, .options = {}, .varied = parse_varied(vary), .folder = "s"});
    };
    CHECK(named({"a.tif"}, {"pore=0,1,0"}) == Words{"pore=0", "pore=1"});
    CHECK(named({"a/r.tif", "b/r.tif"}, {}) == Words{"r", "r-2"});
    CHECK(named({"r.tif"}, {}) == Words{"r"});
    CHECK(named({"r.tif"}, {"crop=0:9,:,:", "crop=0-9,:,:"}) == Words{"crop=0-9,-,-", "crop=0-9,-,--2"});
    CHECK(named({std::string(300, 'r') + ".tif"}, {}).front().size() < 255);
    CHECK_THROWS_AS(named({"a", "b"}, {"pore=1:9000:1"}), Error);
}

TEST_CASE("a pattern means its files in natural order, and a name that is there means itself")
{
    const test::ScratchFolder folder;
    for (const char* name : {"r10.tif", "r2.tif", "odd[1].tif", "note.txt"}) folder.write(name, "");
    CHECK(images_of({folder / "r*.tif"}) == Words{folder / "r2.tif", folder / "r10.tif"});
    CHECK(images_of({folder / "odd[1].tif", folder / "r2.tif", folder / "./r2.tif"}) ==
          Words{folder / "odd[1].tif", folder / "r2.tif"});
    CHECK(images_of({"missing.tif"}) == Words{"missing.tif"}); // whoever reads it says so
    CHECK_THROWS_AS(images_of({folder / "*.h5"}), Error);
}
