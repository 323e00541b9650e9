// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "checkpoint/journal.hpp"
#include "scratch.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

using namespace lapilli;
using namespace lapilli::test;

namespace {

const checkpoint::Journal::Line third{{"step", "x"}, {"value", 1.0 / 3}};

} // namespace

TEST_CASE("a journal gives back its lines with all digits")
{
    const ScratchFolder folder;
    const checkpoint::Journal journal(folder / "journal.jsonl");
    CHECK(journal.read().empty());
    journal.rewrite(std::vector<checkpoint::Journal::Line>(1, {{"journal", 1}}));
    journal.append(third);
    const auto lines = journal.read();
    REQUIRE(lines.size() == 2);
    CHECK(lines[1] == third);
    CHECK(lines[1]["value"].get<double>() == 1.0 / 3);
    journal.remove();
    CHECK(journal.read().empty());
}

TEST_CASE("a line that was torn when its run was killed is left out, those before and behind it stay")
{
    const ScratchFolder folder;
    const checkpoint::Journal journal(folder / "journal.jsonl");
    journal.append({{"step", "a"}});
    journal.append(third);
    const auto whole = bytes_in(folder / "journal.jsonl");
    const auto first = whole.find('\n') + 1;
    for (std::size_t length = first; length + 1 < whole.size(); ++length) {
        folder.write("journal.jsonl", whole.substr(0, length));
        CHECK(journal.read().size() == 1);
        journal.append({{"step", "b"}});
        const auto lines = journal.read();
        REQUIRE(lines.size() == 2);
        CHECK(lines[1]["step"] == "b");
    }
}

TEST_CASE("no line with a changed byte is believed")
{
    const ScratchFolder folder;
    const checkpoint::Journal journal(folder / "journal.jsonl");
    journal.append(third);
    const auto whole = bytes_in(folder / "journal.jsonl");
    for (std::size_t at = 0; at + 1 < whole.size(); ++at)
        for (const char flip : {1, 16, 32, 64}) {
            auto bytes = whole;
            bytes[at] = static_cast<char>(bytes[at] ^ flip);
            folder.write("journal.jsonl", bytes);
            for (const auto& line : journal.read()) CHECK(line == third);
        }
}

TEST_CASE("a journal that cannot be written says why")
{
    const ScratchFolder folder;
    CHECK_THROWS_WITH(checkpoint::Journal(folder / "none/journal.jsonl").append(third),
                      mentions("No such file or directory"));
    CHECK_THROWS_WITH(checkpoint::Journal("/dev/full").append(third), mentions("No space left on device"));
}
