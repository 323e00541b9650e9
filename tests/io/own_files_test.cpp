// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "checkpoint/own_files.hpp"

#include "checkpoint/journal.hpp"
#include "checkpoint/lease.hpp"
#include "checkpoint/sealed_text.hpp"
#include "field/xdmf.hpp"
#include "file/atomic_file.hpp"
#include "file/json_lines.hpp"
#include "scratch.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <sys/stat.h>

using namespace lapilli;
using namespace lapilli::test;

namespace {

using Mark = bool (*)(const std::filesystem::path&);
constexpr Mark marks[] = {checkpoint::is_own_lease,      checkpoint::is_own_journal, checkpoint::is_own_progress_log,
                          checkpoint::is_own_checkpoint, checkpoint::is_own_fields,  checkpoint::is_own_xdmf};

} // namespace

TEST_CASE("what this program writes is known as its own, and as nothing else")
{
    const ScratchFolder folder;
    const checkpoint::Lease lease(folder.path(), 0);
    checkpoint::Journal(folder / "journal.jsonl")
        .rewrite(std::vector<checkpoint::Journal::Line>(1, {{"journal", 1}, {"epoch", 3}}));
    file::JsonLines(folder / "progress.jsonl").append({{"stage", "read"}});
    {
        file::PendingFile file(folder / "1-1.h5");
        checkpoint::append_sealed(file, "{}");
        file.commit();
    }
    folder.write("fields.h5", "\x89HDF program_git");
    folder.write("fields.xdmf", field::xdmf({.shape = {1, 1, 1}}, {}, "fields.h5"));
    const char* names[] = {"lease", "journal.jsonl", "progress.jsonl", "1-1.h5", "fields.h5", "fields.xdmf"};
    for (std::size_t mark = 0; mark < std::size(marks); ++mark)
        for (std::size_t file = 0; file < std::size(names); ++file) {
            CAPTURE(mark, names[file]);
            CHECK(marks[mark](folder / names[file]) == (mark == file));
        }
}

TEST_CASE("a checkpoint is known by its first words, too, when its end is missing")
{
    const ScratchFolder folder;
    folder.write("1-1.h5", "\x89HDF......" + std::string(checkpoint::about_checkpoint) + std::string(5000, '\0'));
    CHECK(checkpoint::is_own_checkpoint(folder / "1-1.h5"));
}

TEST_CASE("files of others that have the same names are known as theirs")
{
    const ScratchFolder folder;
    for (const char* text : {"the landlord and the tenant agree", "{\"lr\": 0.1}", "[[[[[[[[", "\n\n\n", "\x89HDF\r\n",
                             "null", "{\"epoch\": 3}", "<?xml version=\"1.0\"?><Xdmf/>"}) {
        folder.write("file", text);
        CAPTURE(text);
        for (const auto mark : marks) CHECK_FALSE(mark(folder / "file"));
    }
}

TEST_CASE("of an empty file nothing is lost; a folder, a pipe and a missing file are nobody's")
{
    const ScratchFolder folder;
    folder.write("empty", "");
    std::filesystem::create_directory(folder / "folder");
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0); // nobody waits for its writer
    for (const auto mark : marks) {
        CHECK(mark(folder / "empty"));
        for (const char* name : {"folder", "pipe", "missing"}) CHECK_FALSE(mark(folder / name));
    }
}
