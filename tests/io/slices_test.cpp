// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "png.hpp"
#include "support/catch.hpp"
#include "tiff.hpp"

using namespace lapilli;
using namespace lapilli::test;

namespace {

constexpr Shape plane{1, 5, 6};

/// The planes of `labels` under these names.
void write_slices(const ScratchFolder& folder, const std::vector<std::string>& names, const Labels& labels)
{
    for (std::size_t z = 0; z < names.size(); ++z)
        write_tiff(folder / names[z], {.shape = plane},
                   Labels(labels.begin() + static_cast<std::ptrdiff_t>(30 * z),
                          labels.begin() + static_cast<std::ptrdiff_t>(30 * (z + 1))));
}

void is_refused(const std::vector<std::string>& names, const std::string& part)
{
    const ScratchFolder folder;
    write_slices(folder, names, counted(30 * static_cast<std::int64_t>(names.size())));
    const Error error = error_of_opening(folder.path());
    CHECK(error.code() == ExitCode::wrong_input);
    CHECK_THAT(error.what(), mentions(part));
}

} // namespace

TEST_CASE("a folder of slices is an image in the order of their numbers")
{
    const ScratchFolder folder;
    std::vector<std::string> names;
    for (int z = 0; z < 12; ++z) names.push_back(fmt::format("rock_v2_{}b.{}", z, z % 2 ? "TIF" : "tiff"));
    const Labels labels = counted(12 * 30);
    write_slices(folder, names, labels);
    folder.write("Thumbs.db", "x");
    folder.write(".hidden5.tif", "x");
    const auto reader = format::open_image(folder.path(), {});
    CHECK(reader->description().shape == Shape{12, 5, 6});
    CHECK(reader->description().format == "folder of TIFF u8, uncompressed");
    CHECK(read_planes(*reader, {0, 12}) == labels);
    CHECK(read_planes(*reader, {9, 11}) == Labels(labels.begin() + 270, labels.begin() + 330));
}

TEST_CASE("slices may be numbered by more than one")
{
    const ScratchFolder folder;
    const Labels labels = counted(90);
    write_slices(folder, {"a990.tif", "a1000.tif", "a1010.tif"}, labels);
    CHECK(read_all(folder.path()) == labels);
}

TEST_CASE("missing slices, two series and slices that stand twice are named")
{
    is_refused({"a8.tif", "a9.tif", "a11.tif"}, "between a9.tif and a11.tif");
    is_refused({"a1.tif", "a5.tif", "a6.tif"}, "between a1.tif and a5.tif");
    is_refused({"a1.tif", "a2.tif", "b3.tif"}, "not slices of one series");
    is_refused({"a1.tif", "a01.tif"}, "the slice 1 twice");
    is_refused({"a.tif", "b.tif"}, "not slices of one series");
}

TEST_CASE("a slice of another size or with several planes is named")
{
    const ScratchFolder folder;
    write_slices(folder, {"a1.tif"}, counted(30));
    write_tiff(folder / "a2.tif", {.shape = {1, 5, 7}}, counted(35));
    CHECK_THROWS_WITH(format::open_image(folder.path(), {}), mentions("a2.tif is 7 x 5 u8"));
    write_tiff(folder / "a2.tif", {.shape = {2, 5, 6}}, counted(60));
    CHECK_THROWS_WITH(format::open_image(folder.path(), {}), mentions("must be alike"));
    write_tiff(folder / "a1.tif", {.shape = {2, 5, 6}}, counted(60));
    CHECK_THROWS_WITH(format::open_image(folder.path(), {}), mentions("has 2 planes"));
}

TEST_CASE("slices may be PNG or BMP, and fewer pictures of another format beside them are passed over")
{
    const ScratchFolder folder;
    const auto slice = [](char label) { return PngFile{.nx = 2, .ny = 1, .rows = {std::string(2, label)}}.bytes(); };
    for (int z = 0; z < 12; ++z) folder.write(fmt::format("rock{}.png", z), slice(static_cast<char>(z)));
    write_slices(folder, {"overview1.tif"}, counted(30));
    folder.write("photo.jpg", "\xff\xd8\xff");
    const auto reader = format::open_image(folder.path(), {});
    CHECK(reader->description().format == "folder of PNG u8");
    CHECK(reader->description().shape == Shape{12, 1, 2});
    CHECK(read_planes(*reader, {9, 11}) == Labels{9, 9, 10, 10});
    folder.write("rock3.png", slice('x').substr(0, 50));
    CHECK_THROWS_WITH(read_planes(*reader, {0, 12}), mentions("rock3.png"));
}

TEST_CASE("a folder with as many slices of one format as of another is refused")
{
    const ScratchFolder folder;
    for (int z = 0; z < 2; ++z) folder.write(fmt::format("a{}.png", z), PngFile{.nx = 2, .ny = 1, .rows = {"xy"}}.bytes());
    CHECK(read_all(folder.path()).size() == 4);
    for (int z = 0; z < 2; ++z) folder.write(fmt::format("a{}.jp2", z), "");
    const Error error = error_of_opening(folder.path());
    CHECK(error.code() == ExitCode::wrong_input);
    CHECK_THAT(error.what(), mentions("as many slices in PNG as in JPEG 2000 (2 each)"));
}

TEST_CASE("slices of JPEG are refused with the reason")
{
    const ScratchFolder folder;
    folder.write("a1.jpg", "\xff\xd8\xff");
    CHECK_THROWS_WITH(format::open_image(folder.path(), {}), mentions("changes labels") && mentions("a1.jpg"));
    CHECK_THROWS_WITH(format::open_image(folder / "a1.jpg", {}), mentions("changes labels"));
}
