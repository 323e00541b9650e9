// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "text/text_table.hpp"

#include "support/catch.hpp"

#include <array>

using namespace lapilli::text;

TEST_CASE("width counts characters, not bytes")
{
    CHECK(width("") == 0);
    CHECK(width("k [m²] ± 2 %") == 12);
}

TEST_CASE("columns stand two blanks apart, without blanks at the ends of lines")
{
    const std::array<TextColumn, 3> columns{{{{"axis", "x"}, false}, {{"k [m²]", "1"}}, {{"", ""}, false}}};
    CHECK(text_table(columns) == "axis  k [m²]\nx          1\n");
}

TEST_CASE("long lines are broken at blanks, and what goes on is indented")
{
    CHECK(wrapped("one two three four\n", 9, 2) == "one two\n  three\n  four\n");
    CHECK(wrapped("one two three", 80) == "one two three");
    CHECK(wrapped("shape    a b\nx", 10, 4) == "shape    a\n    b\nx");
    CHECK(wrapped("ääää öööö", 9) == "ääää öööö"); // 9 characters, 17 bytes
}

TEST_CASE("a number and its % stay together")
{
    CHECK(wrapped("255 (80.4 %)", 10) == "255\n  (80.4 %)");
    CHECK(wrapped("± 2 % ± 22 %", 8) == "± 2 % ±\n  22 %");
    CHECK(wrapped("100 %", 4) == "100 %");
}

TEST_CASE("words are never broken, and no line ends for ever")
{
    CHECK(wrapped("averylongword and more", 6, 2) == "averylongword\n  and\n  more");
    CHECK(wrapped("averylongword", 6) == "averylongword");
    CHECK(wrapped("", 6).empty());
    CHECK(wrapped("   ", 2) == "   ");
    CHECK(wrapped("a\n\nb\n", 6) == "a\n\nb\n");
}
