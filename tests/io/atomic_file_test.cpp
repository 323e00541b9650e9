// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "file/atomic_file.hpp"
#include "scratch.hpp"
#include "support/catch.hpp"

#include <algorithm>

#include <sys/stat.h>

using namespace lapilli;
using namespace lapilli::test;

namespace {

std::string refusal(const std::string& path)
{
    const Error error = error_of([&] { file::write_file(path, "new"); });
    CHECK(error.code() == ExitCode::wrong_input);
    CHECK_THAT(error.what(), mentions(path));
    return error.what();
}

} // namespace

TEST_CASE("a file is made, and replaced as a whole")
{
    const ScratchFolder folder;
    file::write_file(folder / "result.json", "{}\n");
    CHECK(bytes_in(folder / "result.json") == "{}\n");
    const std::string large(3'000'000, 'x');
    file::write_file(folder / "result.json", large);
    CHECK(bytes_in(folder / "result.json") == large);
    CHECK(folder.files() == std::vector<std::string>{"result.json"});
}

TEST_CASE("a file in the working folder needs no folder in its name")
{
    const ScratchFolder folder;
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path(folder.path());
    file::write_file("result.json", "here");
    std::filesystem::current_path(before);
    CHECK(bytes_in(folder / "result.json") == "here");
}

TEST_CASE("a link stays a link, and its file is replaced")
{
    const ScratchFolder folder;
    folder.write("file", "old");
    std::filesystem::create_symlink("file", folder / "link");
    file::write_file(folder / "link", "new");
    CHECK(std::filesystem::is_symlink(folder / "link"));
    CHECK(bytes_in(folder / "file") == "new");
}

TEST_CASE("folders, devices and missing folders are refused with path and reason")
{
    const ScratchFolder folder;
    CHECK_THAT(refusal(folder / "none/result.json"), mentions("No such file or directory"));
    CHECK_THAT(refusal(folder.path()), mentions("is a folder"));
    CHECK_THAT(refusal("/dev/null"), mentions("is a device"));
    CHECK_THAT(refusal(folder.write("file", "x") + "/result.json"), mentions("Not a directory"));
    CHECK_THROWS_AS(file::write_file("", "x"), Error);
    struct stat status {};
    REQUIRE(::stat("/dev/null", &status) == 0);
    CHECK(S_ISCHR(status.st_mode));
}

TEST_CASE("a file that was not committed leaves nothing")
{
    const ScratchFolder folder;
    {
        file::PendingFile file(folder / "result.json");
        file.write(std::as_bytes(std::span("half")));
        CHECK(folder.files().size() == 1);
    }
    CHECK(folder.files().empty());
}

TEST_CASE("a file gets the permissions that the user asked for")
{
    const ScratchFolder folder;
    const mode_t before = ::umask(027);
    file::write_file(folder / "result.json", "x");
    ::umask(before);
    struct stat status {};
    REQUIRE(::stat((folder / "result.json").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0640);
}

TEST_CASE("what killed processes left of a file is removed, and nothing else")
{
    const ScratchFolder folder;
    for (const char* name : {"a.h5", "a.h5.tmp-00c0ffee", "a.h5.tmp-12345678", "b.h5.tmp-00c0ffee", "a.tmp-00c0ffee",
                             "a.h5.tmp-mine", "a.h5.tmp-00c0ffee.bak", "a.h5.tmp-0"})
        folder.write(name, "x");
    std::filesystem::create_directory(folder / "a.h5.tmp-11111111");
    file::remove_abandoned(folder / "a.h5");
    auto names = folder.files();
    std::sort(names.begin(), names.end());
    CHECK(names == std::vector<std::string>{"a.h5", "a.h5.tmp-0", "a.h5.tmp-00c0ffee.bak", "a.h5.tmp-11111111",
                                            "a.h5.tmp-mine", "a.tmp-00c0ffee", "b.h5.tmp-00c0ffee"});
    CHECK_NOTHROW(file::remove_abandoned(folder / "none/a.h5"));
}

TEST_CASE("a read-only file is not replaced, also by root")
{
    const ScratchFolder folder;
    folder.write("result.json", "kept");
    REQUIRE(::chmod((folder / "result.json").c_str(), 0444) == 0);
    const Error error = error_of([&] { file::write_file(folder / "result.json", "x"); });
    CHECK(error.code() == ExitCode::wrong_input);
    CHECK_THAT(error.what(), mentions("result.json") && mentions("it is read-only"));
    CHECK(bytes_in(folder / "result.json") == "kept");
    CHECK(folder.files().size() == 1);
}
