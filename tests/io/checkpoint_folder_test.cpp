// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "checkpoint/checkpoint_folder.hpp"
#include "scratch.hpp"
#include "support/catch.hpp"

#include <algorithm>

using namespace lapilli;
using namespace lapilli::test;

namespace {

std::vector<std::string> sorted_files(const ScratchFolder& folder)
{
    auto names = folder.files();
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace

TEST_CASE("a newer epoch wins, then a higher number")
{
    const ScratchFolder scratch;
    for (const char* name : {"9-2.h5", "9-10.h5", "10-1.h5", "12-diffusivity_x.h5", "9-3.h5.rank0", "x-1.h5", "-1.h5",
                             "9-.h5", "9--1.h5", "99999999999999999999-1.h5", "1-1.h5.tmp-0a"})
        scratch.write(name, "");
    const checkpoint::CheckpointFolder folder(scratch.path());
    CHECK(folder.checkpoints() == std::vector<std::string>{"10-1.h5", "9-10.h5", "9-2.h5"});
    CHECK(folder.newest_epoch() == 12);
}

TEST_CASE("the newest two checkpoints are kept, and fields of finished steps")
{
    const ScratchFolder scratch;
    for (const char* name :
         {"1-1.h5", "1-1.h5.rank0", "1-1.h5.rank1", "1-10.h5", "1-2.h5", "1-2.h5.rank0", "1-diffusivity_x.h5"})
        scratch.write(name, "");
    checkpoint::CheckpointFolder(scratch.path()).keep_two();
    CHECK(sorted_files(scratch) == std::vector<std::string>{"1-10.h5", "1-2.h5", "1-2.h5.rank0", "1-diffusivity_x.h5"});
}

TEST_CASE("what was not finished is removed, and nothing else")
{
    const ScratchFolder scratch;
    for (const char* name : {"1-1.h5", "1-1.h5.rank0", "1-2.h5.rank0", "1-2.h5.tmp-01234567", "1-1.h5.rank0.tmp-01234567"})
        scratch.write(name, "");
    checkpoint::CheckpointFolder(scratch.path()).remove_unfinished();
    CHECK(sorted_files(scratch) == std::vector<std::string>{"1-1.h5", "1-1.h5.rank0"});
}

TEST_CASE("a folder that is not there holds nothing, and one that cannot be made says why")
{
    const ScratchFolder scratch;
    const checkpoint::CheckpointFolder folder(scratch / "checkpoint");
    CHECK(folder.checkpoints().empty());
    CHECK(folder.newest_epoch() == 0);
    folder.make();
    folder.make();
    scratch.write("checkpoint/1-1.h5", "");
    folder.remove();
    CHECK(sorted_files(scratch).empty());
    CHECK_THROWS_WITH(checkpoint::CheckpointFolder(scratch / "none/checkpoint").make(), mentions("none/checkpoint"));
}

TEST_CASE("files of others in the folder of checkpoints stay, whatever they are called")
{
    const ScratchFolder scratch;
    std::filesystem::create_directories(scratch / "checkpoint/3-3.h5");
    const std::vector<std::string> theirs{"model.pt", "1-1.h5",      "2-2.h5.rank",   "2-2.h5.rankx", "weights.tmp-1",
                                          "2-a b.h5", "epoch-12.h5", "4-4.h5.backup", "2024-01.csv",  "a.rank0"};
    for (const auto& name : theirs) scratch.write("checkpoint/" + name, "of others");
    std::filesystem::create_symlink("1-1.h5", scratch / "checkpoint/5-5.h5");
    const checkpoint::CheckpointFolder folder(scratch / "checkpoint");
    for (const char* name : {"6-1.h5", "6-2.h5", "6-3.h5.rank0", "6-3.h5.rank0.tmp-01234567", "6-4.h5.tmp-01234567"})
        scratch.write(std::string("checkpoint/") + name, "");
    folder.keep_two();
    folder.remove_unfinished();
    folder.remove();
    std::vector<std::string> left;
    for (const auto& entry : std::filesystem::directory_iterator(scratch / "checkpoint"))
        left.push_back(entry.path().filename().string());
    auto expected = theirs;
    expected.insert(expected.end(), {"3-3.h5", "5-5.h5"});
    std::sort(left.begin(), left.end());
    std::sort(expected.begin(), expected.end());
    CHECK(left == expected);
    CHECK(bytes_in(scratch / "checkpoint/1-1.h5") == "of others");
}

TEST_CASE("a link in the place of the folder of checkpoints stays, and what it leads to")
{
    const ScratchFolder scratch;
    std::filesystem::create_directory(scratch / "elsewhere");
    std::filesystem::create_symlink("elsewhere", scratch / "checkpoint");
    scratch.write("elsewhere/1-1.h5", "");
    scratch.write("elsewhere/notes", "of others");
    checkpoint::CheckpointFolder(scratch / "checkpoint").remove();
    CHECK(std::filesystem::is_symlink(scratch / "checkpoint"));
    CHECK_FALSE(std::filesystem::exists(scratch / "elsewhere/1-1.h5"));
    CHECK(bytes_in(scratch / "elsewhere/notes") == "of others");
}
