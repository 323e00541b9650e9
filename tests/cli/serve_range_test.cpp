// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/range.hpp"
#include "support/catch.hpp"

#include <cstdint>

using namespace lapilli::serve;

namespace {

constexpr std::int64_t size = 1000;

Answer cut(const std::string& range, std::int64_t of = size)
{
    Answer answer;
    answer.file = std::make_shared<FilePart>(FilePart{.file = {}, .first = 0, .size = of});
    cut_to_range(answer, range);
    return answer;
}

std::string said(const std::string& range)
{
    const auto answer = cut(range);
    const auto& part = *answer.file;
    return fmt::format("{} {}+{} {}", answer.status, part.first, part.size,
                       answer.heads.empty() ? "whole" : answer.heads.front().second);
}

} // namespace

TEST_CASE("one range of bytes is cut out")
{
    CHECK(said("bytes=0-9") == "206 0+10 bytes 0-9/1000");
    CHECK(said("bytes=999-999") == "206 999+1 bytes 999-999/1000");
    CHECK(said("bytes=100-") == "206 100+900 bytes 100-999/1000");
    CHECK(said("bytes=-7") == "206 993+7 bytes 993-999/1000");
    CHECK(said("bytes=5-99999999") == "206 5+995 bytes 5-999/1000"); // to the end
    CHECK(said("bytes=-5000") == "206 0+1000 bytes 0-999/1000");     // all there is
}

TEST_CASE("what is no range of bytes is passed over")
{
    for (const char* range :
         {"", "lines=1-2", "bytes", "bytes=", "bytes=-", "bytes=5-1", "bytes=a-b", "bytes=--5", "bytes=1", "bytes=1-2-3",
          "bytes= 1-2", "bytes=99999999999999999999-", "bytes=0x1-2", "Bytes=0-1"})
        CHECK(said(range) == "200 0+1000 whole");
}

TEST_CASE("several ranges, or one beyond the end, are refused")
{
    for (const char* range :
         {"bytes=0-1,3-4", "bytes=0-1,", "bytes=1000-", "bytes=1000-1001", "bytes=-0", "bytes=99999999999-"}) {
        CAPTURE(range);
        try {
            cut(range);
            FAIL("it is taken");
        } catch (const Refusal& refusal) {
            CHECK(refusal.status() == 416);
        }
    }
    CHECK_THROWS_AS(cut("bytes=0-", 0), Refusal); // of an empty file
}
