// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "png.hpp"
#include "scratch.hpp"
#include "support/catch.hpp"

using namespace lapilli;
using namespace lapilli::test;
using namespace std::string_literals;

namespace {

void png_is_refused(const std::string& bytes, const std::string& part)
{
    const ScratchFolder folder;
    const Error error = error_of([&] { read_all(folder.write("a.png", bytes)); });
    CHECK(error.code() == ExitCode::wrong_input);
    CHECK_THAT(error.what(), mentions(part));
}

/// What a file of these pixels is read as, and called.
void png_is_read(const PngFile& file, const Labels& labels, const std::string& format)
{
    const ScratchFolder folder;
    const auto reader = format::open_image(folder.write("a.png", file.bytes()), {});
    CHECK(reader->description().format == format);
    CHECK(reader->description().shape == Shape{1, file.ny, file.nx});
    CHECK(read_planes(*reader, {0, 1}) == labels);
}

} // namespace

TEST_CASE("a PNG has the numbers that are stored, of any width")
{
    png_is_read({.nx = 3, .ny = 2, .bits = 8, .rows = {"\1\2\3", "\4\5\xff"}}, {1, 2, 3, 4, 5, 255}, "PNG u8");
    png_is_read({.nx = 2, .ny = 1, .bits = 16, .rows = {"\1\2\xff\xfe"}}, {258, 65534}, "PNG u16");
    png_is_read({.nx = 9, .ny = 1, .bits = 1, .rows = {"\xa0\x80"}}, {1, 0, 1, 0, 0, 0, 0, 0, 1}, "PNG 1 bit");
    png_is_read({.nx = 5, .ny = 1, .bits = 2, .rows = {"\x1b\xc0"}}, {0, 1, 2, 3, 3}, "PNG 2 bit");
    png_is_read({.nx = 3, .ny = 1, .bits = 4, .rows = {"\x1f\x70"}}, {1, 15, 7}, "PNG 4 bit");
}

TEST_CASE("a PNG of equal colours is grey, and a palette leaves its indices")
{
    png_is_read({.nx = 2, .ny = 1, .kind = 2, .rows = {"\5\5\5\6\6\6"}}, {5, 6}, "PNG u8 of equal colours");
    png_is_read({.nx = 2, .ny = 1, .bits = 16, .kind = 2, .rows = {"\1\5\1\5\1\5\0\6\0\6\0\6"s}}, {261, 6},
                "PNG u16 of equal colours");
    png_is_read({.nx = 2, .ny = 1, .kind = 4, .rows = {"\5\xff\6\0"s}}, {5, 6}, "PNG u8 with opacity");
    png_is_read({.nx = 2, .ny = 1, .kind = 6, .rows = {"\5\5\5\1\6\6\6\2"}}, {5, 6}, "PNG u8 of equal colours");
    png_is_read({.nx = 4, .ny = 1, .bits = 2, .kind = 3, .rows = {"\x1b"}}, {0, 1, 2, 3}, "PNG 2 bit with palette");
    png_is_refused(PngFile{.nx = 2, .ny = 1, .kind = 2, .rows = {"\5\5\5\6\7\6"}}.bytes(),
                   "no grey at voxel (z 0, y 0, x 1)");
    const ScratchFolder folder;
    const PngFile painted{.nx = 4, .ny = 1, .bits = 2, .kind = 3, .rows = {"\x1b"}};
    const auto reader = format::open_image(folder.write("a.png", painted.bytes()), {});
    REQUIRE(reader->description().remarks.size() == 1);
    CHECK_THAT(reader->description().remarks[0], mentions("palette"));
}

TEST_CASE("an interlaced PNG is read")
{
    // 3 x 3 pixels by Adam7: pass 1 has (0, 0); 4 has (0, 2); 5 has (2, 0), (2, 2); 6 has (0, 1), (2, 1); 7 has row 1
    const PngFile file{.nx = 3, .ny = 3, .interlaced = true, .rows = {"\1", "\3", "\7\x9", "\2", "\x8", "\4\5\6"}};
    png_is_read(file, {1, 2, 3, 4, 5, 6, 7, 8, 9}, "PNG u8");
}

TEST_CASE("a PNG says the size of its pixels, unless it is what every program writes")
{
    const ScratchFolder folder;
    const auto edges = [&](std::uint32_t per_metre) {
        const PngFile file{.nx = 1, .ny = 1, .rows = {"\1"}, .per_metre = per_metre};
        return format::open_image(folder.write("a.png", file.bytes()), {})->description().voxel_edges_m;
    };
    CHECK(edges(200000) == VoxelEdges::cube(5e-6));
    for (const std::uint32_t usual : {1, 2834, 2835, 3780, 3779, 11811}) CHECK_FALSE(edges(usual));
}

TEST_CASE("a damaged PNG is refused")
{
    const std::string good =
        PngFile{.nx = 40, .ny = 30, .rows = std::vector<std::string>(30, std::string(40, '\3'))}.bytes();
    for (const std::size_t size : {8UL, 20UL, 33UL, 45UL, good.size() - 13, good.size() - 1})
        png_is_refused(good.substr(0, size), "cannot be read as PNG");
    std::string flipped = good;
    flipped[50] ^= 1;
    png_is_refused(flipped, "cannot be read as PNG");
    png_is_refused(PngFile{.nx = 90000, .ny = 90000, .rows = {"\1"}}.bytes(), "too few for the 90000 x 90000 voxels");
    png_is_refused(PngFile{.nx = 40, .ny = 30, .rows = {std::string(40, '\3')}}.bytes(), "cannot be read as PNG");
}

TEST_CASE("no damage to a PNG gets past its checks")
{
    const Labels labels = counted(12);
    const std::string good = PngFile{.nx = 4, .ny = 3, .rows = {"\0\1\2\3"s, "\4\5\6\7", "\x8\x9\xa\xb"}}.bytes();
    const ScratchFolder folder;
    REQUIRE(read_all(folder.write("a.png", good)) == labels);
    for (std::size_t i = 8; i < good.size(); ++i)
        for (const int bit : {0, 5}) {
            std::string bad = good;
            bad[i] = static_cast<char>(bad[i] ^ 1 << bit);
            CAPTURE(i, bit);
            CHECK(is_refused_or_right(folder.write("a.png", bad), {}, labels));
        }
}
