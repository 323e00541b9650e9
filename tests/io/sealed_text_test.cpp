// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "checkpoint/sealed_text.hpp"
#include "file/atomic_file.hpp"
#include "scratch.hpp"
#include "support/catch.hpp"

using namespace lapilli;
using namespace lapilli::test;

namespace {

std::string write(const ScratchFolder& folder, const std::string& before, const std::string& text,
                  std::uint64_t version = checkpoint::sealed_version)
{
    file::PendingFile file(folder / "sealed");
    file.write(std::as_bytes(std::span(before)));
    checkpoint::append_sealed(file, text, version);
    file.commit();
    return folder / "sealed";
}

} // namespace

TEST_CASE("a text behind anything else is read back")
{
    const ScratchFolder folder;
    for (const std::string before : {"", "numbers"})
        for (const std::string text : {"", "{\"a\": 1}"})
            CHECK(checkpoint::read_sealed(write(folder, before, text)) == text);
}

TEST_CASE("a sealed text with a changed byte or without its end is damaged")
{
    const ScratchFolder folder;
    const auto path = write(folder, "", "{\"a\": 1}");
    const auto whole = bytes_in(path);
    for (std::size_t at = 0; at < whole.size(); ++at) {
        auto bytes = whole;
        bytes[at] = static_cast<char>(bytes[at] ^ 1);
        CHECK_THROWS_WITH(checkpoint::read_sealed(folder.write("sealed", bytes)), mentions("is damaged"));
        if (at > 0)
            CHECK_THROWS_WITH(checkpoint::read_sealed(folder.write("sealed", whole.substr(0, at))), mentions("is damaged"));
    }
    CHECK_THROWS_AS(checkpoint::read_sealed(folder.write("sealed", "")), Error);
}

TEST_CASE("a whole file of another version is told from a damaged one")
{
    const ScratchFolder folder;
    CHECK_THROWS_AS(checkpoint::read_sealed(write(folder, "", "{}", checkpoint::sealed_version + 1)),
                    checkpoint::OtherVersion);
}
