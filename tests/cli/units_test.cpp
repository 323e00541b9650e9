// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "text/axes.hpp"
#include "text/extents.hpp"
#include "text/labels.hpp"
#include "text/units.hpp"

#include "core/error.hpp"
#include "support/catch.hpp"
#include "text/sentence.hpp"

#include <algorithm>

using namespace lapilli;
using namespace lapilli::text;

TEST_CASE("a length is the double nearest to what was typed")
{
    CHECK(parse_length("5.345um") == 5.345e-6);
    CHECK(parse_length("5.345 um") == 5.345e-6);
    CHECK(parse_length(" 5.3 \u00b5m ") == 5.3e-6);
    CHECK(parse_length("5.3\u03bcm") == 5.3e-6);
    CHECK(parse_length("2e-6m") == 2e-6);
    CHECK(parse_length("2e-3mm") == 2e-6);
    CHECK(parse_length("65nm") == 65e-9);
    CHECK(parse_length("0.3cm") == 0.3e-2);
}

TEST_CASE("what is no length is refused as wrong input")
{
    for (const char* text : {"", "um", "5", "5.345", "0um", "-1um", "nan", "nanum", "infm", "1e400m", "1e-330um", "5 parsec",
                             "5um5", "0x5um", "5,3um", "+5um"}) {
        INFO(text);
        try {
            parse_length(text);
            FAIL("accepted");
        } catch (const Error& error) {
            CHECK(error.code() == ExitCode::wrong_input);
        }
    }
}

TEST_CASE("a length is shown in the unit that keeps it short")
{
    CHECK(length_text(5.345e-6) == "5.345 µm");
    CHECK(length_text(65e-9) == "65 nm");
    CHECK(length_text(1e-6) == "1 µm");
    CHECK(length_text(2.138e-3) == "2.138 mm");
    CHECK(length_text(1.5) == "1500 mm");
}

TEST_CASE("a shape is read slowest axis first, or by the names of its axes")
{
    CHECK(parse_shape("100x200x300") == Shape{100, 200, 300});
    CHECK(parse_shape("nx=300,nz=100,ny=200") == Shape{100, 200, 300});
    CHECK(parse_shape("1x1x1") == Shape{1, 1, 1});
    CHECK(parse_shape("2000x2000x2000").voxels() == 8'000'000'000);
}

TEST_CASE("a shape that is incomplete, not positive or not countable is refused")
{
    for (const char* text :
         {"", "400", "400x400", "4x4x4x4", "0x4x4", "-4x4x4", "4x4x4.5", "axbxc", "nx=4,ny=4", "nx=4,nx=4,nz=4",
          "nx=4,ny=4,nw=4", "x4x4", "99999999999999999999x1x1", "2097153x1x1", "2097152x2097152x2097152"}) {
        INFO(text);
        CHECK_THROWS_AS(parse_shape(text), Error);
    }
}

TEST_CASE("what becomes of labels and axes is said for each once")
{
    using Relabelling = std::map<std::int64_t, std::int64_t>;
    CHECK(parse_relabelling("0=1, 255=-7") == Relabelling{{0, 1}, {255, -7}});
    CHECK(parse_relabelling("4294967295=0") == Relabelling{{4294967295, 0}});
    for (const char* text : {"", "0", "0=", "=1", "0=1,", "0=1=2", "a=1", "0=1,0=2"})
        CHECK_THROWS_AS(parse_relabelling(text), Error);
    CHECK(parse_axis_order("zyx") == PerAxis<Axis>{Axis::x, Axis::y, Axis::z});
    CHECK(parse_axis_order("YXz") == PerAxis<Axis>{Axis::z, Axis::x, Axis::y});
    for (const char* text : {"", "xy", "xxz", "xyzx", "x,y,z", "abc"}) CHECK_THROWS_AS(parse_axis_order(text), Error);
    CHECK(parse_quarter_turns("z") == std::pair(Axis::z, 1));
    CHECK(parse_quarter_turns("X:3") == std::pair(Axis::x, 3));
    for (const char* text : {"", "w", "z:", "z:0", "z:4", "z:1:1", ":1"}) CHECK_THROWS_AS(parse_quarter_turns(text), Error);
}

TEST_CASE("labels and axes come sorted, each once")
{
    CHECK(parse_labels("7,0,7,-1") == std::vector<std::int32_t>{-1, 0, 7});
    CHECK(parse_labels("2:5,0,-1:1") == std::vector<std::int32_t>{-1, 0, 2, 3, 4});
    CHECK(parse_threshold("3") == std::vector<std::int32_t>{0, 1, 2});
    CHECK(parse_labels("0:4096").size() == 4096);
    for (const char* text : {"3:3", "5:2", "1:2:3", ":3", "0:", "0:4097", "0:4000,5000:5100", "-2147483648:2147483647"})
        CHECK_THROWS_AS(parse_labels(text), Error);
    for (const char* text : {"", "0", "-5", "0.5", "4097", "1:2"}) CHECK_THROWS_AS(parse_threshold(text), Error);
    CHECK(parse_axes("all") == std::vector<Axis>{Axis::x, Axis::y, Axis::z});
    CHECK(parse_axes("ALL") == parse_axes("all"));
    CHECK(parse_axes("X") == std::vector<Axis>{Axis::x});
    CHECK(parse_axes("z,x,z") == std::vector<Axis>{Axis::x, Axis::z});
    for (const char* text : {"", "0,", "1.5", "2147483648", "a"}) CHECK_THROWS_AS(parse_labels(text), Error);
    for (const char* text : {"", "w", "xy", "x,"}) CHECK_THROWS_AS(parse_axes(text), Error);
}

TEST_CASE("a region is typed z, y, x and kept by axis, with open ends")
{
    const auto crop = parse_crop("0:100,:,50:");
    CHECK(crop[Axis::z].first == 0);
    CHECK(crop[Axis::z].last == 100);
    CHECK(crop[Axis::y].first == 0);
    CHECK_FALSE(crop[Axis::y].last.has_value());
    CHECK(crop[Axis::x].first == 50);
    CHECK_FALSE(crop[Axis::x].last.has_value());
    for (const char* text : {"", "0:1,0:1", "0:1,0:1,0:1,0:1", "1:1,:,:", "5:4,:,:", "-1:4,:,:", "0-4,:,:", "0:4.5,:,:"})
        CHECK_THROWS_AS(parse_crop(text), Error);
}

TEST_CASE("each label has one conductivity above zero")
{
    CHECK(parse_conductivities(std::vector<std::string>{"85=0.05", "0=1"}) ==
          std::map<std::int32_t, double>{{0, 1.0}, {85, 0.05}});
    for (const char* text : {"", "1", "=1", "1=", "1=0", "1=-1", "1=nan", "1=inf", "1=2=3", "a=1"}) {
        INFO(text);
        CHECK_THROWS_AS(parse_conductivities(std::vector<std::string>{text}), Error);
    }
    CHECK_THROWS_AS(parse_conductivities(std::vector<std::string>{"0=1", "0=2"}), Error);
}

TEST_CASE("a comma is a decimal point where it can be nothing else")
{
    CHECK(with_decimal_point("0,001") == "0.001");
    CHECK(with_decimal_point("1,5h") == "1.5h");
    for (const char* text : {"", ",5", "5,", "1,2,3", "1.000,5", "0,x"}) CHECK(with_decimal_point(text) == text);
    CHECK(parse_duration("1,5 h") == 5400);
    CHECK(parse_conductivities(std::vector<std::string>{"85=0,05"}) == std::map<std::int32_t, double>{{85, 0.05}});
}

TEST_CASE("a time has a unit and is not negative")
{
    CHECK(parse_duration("60s") == 60);
    CHECK(parse_duration("0s") == 0);
    CHECK(parse_duration(" 1.5 h ") == 5400);
    CHECK(parse_duration("10min") == 600);
    CHECK(parse_duration("250ms") == 0.25);
    for (const char* text : {"", "60", "s", "-1s", "1m", "1 d", "nan s", "inf s", "1e300h", "1s1"}) {
        INFO(text);
        CHECK_THROWS_AS(parse_duration(text), Error);
    }
}
