// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "gzip.hpp"
#include "scratch.hpp"
#include "support/catch.hpp"

#include <sys/stat.h>

using namespace lapilli;
using namespace lapilli::test;
using format::VoxelType;

namespace {

void is_refused(const std::string& path, const std::string& part, const format::RawFormat& raw = {})
{
    const Error error = error_of_opening(path, raw);
    CHECK(error.code() == ExitCode::wrong_input);
    CHECK_THAT(error.what(), mentions(part) && mentions(path.substr(0, path.find(":/"))));
}

} // namespace

TEST_CASE("what is no image file is refused with one sentence")
{
    const ScratchFolder folder;
    is_refused(folder / "missing.raw", "No such file");
    is_refused(folder / "missing.h5:/image", "No such file");
    is_refused(folder / "missing/a.tif", "No such file");
    is_refused(folder.path(), "is a folder");
    is_refused(folder.write("empty.tif", ""), "is empty");
    is_refused(folder.write("file", "x") + "/a.tif", "Not a directory");
    is_refused("/dev/null", "is a device");
    is_refused(folder / std::string(300, 'n'), "name too long");
    CHECK_THROWS_AS(format::open_image("", {}), Error);
}

TEST_CASE("a pipe without a writer is refused and not waited for")
{
    const ScratchFolder folder;
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
    is_refused(folder / "pipe", "pipe");
}

TEST_CASE("a file that may not be read is refused with the reason")
{
    const ScratchFolder folder;
    const std::string path = folder.write("secret.raw", "x");
    std::filesystem::permissions(path, std::filesystem::perms::none);
    std::filesystem::permissions(folder.path(), std::filesystem::perms::all);
    const uid_t self = ::geteuid();
    constexpr uid_t nobody = 65534;
    if (self == 0) REQUIRE(::seteuid(nobody) == 0); // root may read everything
    const Error error = error_of_opening(path);
    if (self == 0) REQUIRE(::seteuid(self) == 0);
    CHECK(error.code() == ExitCode::wrong_input);
    CHECK_THAT(error.what(), mentions("Permission denied") && mentions(path));
}

TEST_CASE("a path with a colon that exists is that file")
{
    const ScratchFolder folder;
    const format::RawFormat raw{.shape = Shape{1, 2, 2}, .type = VoxelType::u8};
    CHECK(read_all(folder.write("a:b.raw", "\1\2\3\4"), raw) == Labels{1, 2, 3, 4});
    CHECK(read_all(folder.write("a.h5:image", "\1\2\3\5"), raw) == Labels{1, 2, 3, 5});
    is_refused(folder.write("c.raw", "\1\2\3\4") + ":/image", "which holds one image, but a part", raw);
}

TEST_CASE("raw voxels that begin like gzip are raw if the size is exact")
{
    const ScratchFolder folder;
    const std::string path = folder.write("a.raw", "\x1f\x8b\x08\x01");
    CHECK(read_all(path, {.shape = Shape{1, 2, 2}, .type = VoxelType::u8}) == Labels{0x1f, 0x8b, 8, 1});
}
