// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "headed.hpp"
#include "scratch.hpp"
#include "support/catch.hpp"

using namespace lapilli;
using namespace lapilli::test;
using namespace std::string_literals;

namespace {

/// A BMP file composed by its layout, with rows as they are stored.
struct BmpFile {
    std::int32_t nx = 0, ny = 0; ///< rows from above: ny below 0
    std::uint16_t bits = 8;
    std::string rows = {};
    std::uint32_t packing = 0;
    std::int32_t per_metre = 0;
    std::string palette = {};
    std::uint32_t header = 40; ///< bytes; 12: that of OS/2

    std::string bytes() const
    {
        std::string body = number_bytes(header);
        if (header == 12)
            body += number_bytes(static_cast<std::int16_t>(nx)) + number_bytes(static_cast<std::int16_t>(ny)) + "\1\0"s +
                    number_bytes(bits);
        else
            body += number_bytes(nx) + number_bytes(ny) + "\1\0"s + number_bytes(bits) + number_bytes(packing) +
                    number_bytes(std::uint32_t{0}) + number_bytes(per_metre) + number_bytes(per_metre) +
                    std::string(header - 32, '\0');
        body += palette;
        const auto at = static_cast<std::uint32_t>(14 + body.size());
        return "BM" + number_bytes(static_cast<std::uint32_t>(at + rows.size())) + "\0\0\0\0"s + number_bytes(at) + body +
               rows;
    }
};

Labels labels_of(const BmpFile& file)
{
    const ScratchFolder folder;
    return read_all(folder.write("a.bmp", file.bytes()));
}

void bmp_is_refused(const std::string& bytes, const std::string& part)
{
    const ScratchFolder folder;
    CHECK_THROWS_WITH(read_all(folder.write("a.BMP", bytes)), mentions(part) && mentions("a.BMP"));
}

/// The palette that paints each number as the grey of that brightness.
std::string greys(int colours)
{
    std::string palette;
    for (int i = 0; i < colours; ++i) palette += std::string(3, static_cast<char>(i * 255 / (colours - 1))) + '\0';
    return palette;
}

} // namespace

TEST_CASE("a BMP has the numbers that are stored, from below or from above")
{
    CHECK(labels_of({.nx = 3, .ny = 2, .rows = "\4\5\6\0\1\2\3\0"s}) == Labels{1, 2, 3, 4, 5, 6});
    CHECK(labels_of({.nx = 3, .ny = -2, .rows = "\4\5\6\0\1\2\3\0"s}) == Labels{4, 5, 6, 1, 2, 3});
    CHECK(labels_of({.nx = 3, .ny = 1, .bits = 4, .rows = "\x1f\x70\0\0"s}) == Labels{1, 15, 7});
    CHECK(labels_of({.nx = 9, .ny = 1, .bits = 1, .rows = "\xa0\x80\0\0"s}) == Labels{1, 0, 1, 0, 0, 0, 0, 0, 1});
    CHECK(labels_of({.nx = 2, .ny = 1, .bits = 24, .rows = "\5\5\5\6\6\6\0\0"s}) == Labels{5, 6});
    CHECK(labels_of({.nx = 2, .ny = 1, .bits = 32, .rows = "\5\5\5\xff\6\6\6\xff"}) == Labels{5, 6});
    CHECK(labels_of({.nx = 2, .ny = 1, .rows = "\5\6\0\0"s, .header = 124}) == Labels{5, 6});
    CHECK(labels_of({.nx = 2, .ny = 1, .rows = "\5\6\0\0"s, .header = 12}) == Labels{5, 6});
}

TEST_CASE("a BMP says the size of its pixels, and whether they are painted in colours")
{
    const ScratchFolder folder;
    const auto described = [&](const BmpFile& file) {
        return format::open_image(folder.write("a.bmp", file.bytes()), {})->description();
    };
    const BmpFile grey{.nx = 2, .ny = 1, .rows = "\5\6\0\0"s, .per_metre = 400000, .palette = greys(256)};
    CHECK(described(grey).voxel_edges_m == VoxelEdges::cube(2.5e-6));
    CHECK(described(grey).remarks.empty());
    CHECK(described(grey).format == "BMP u8");
    const BmpFile inverted{
        .nx = 2, .ny = 1, .bits = 1, .rows = "\x80\0\0\0"s, .per_metre = 2835, .palette = "\xff\xff\xff\0\0\0\0\0"s};
    CHECK_FALSE(described(inverted).voxel_edges_m);
    REQUIRE(described(inverted).remarks.size() == 1);
    CHECK_THAT(described(inverted).remarks[0], mentions("palette"));
}

TEST_CASE("a BMP that is packed, of another width, cut off or no grey is refused")
{
    const BmpFile good{.nx = 3, .ny = 2, .rows = "\4\5\6\0\1\2\3\0"s};
    auto bad = good;
    bad.packing = 1;
    bmp_is_refused(bad.bytes(), "packed by method 1");
    bad = good;
    bad.bits = 16;
    bmp_is_refused(bad.bytes(), "BMP of 16 bits");
    bad = good;
    bad.nx = 2000000000;
    bad.ny = 2000000000;
    bmp_is_refused(bad.bytes(), "too few for the 2000000000 x 2000000000");
    bad.nx = -3;
    bmp_is_refused(bad.bytes(), "too few for the -3");
    bad = good;
    bad.ny = std::numeric_limits<std::int32_t>::min();
    bmp_is_refused(bad.bytes(), "too few");
    for (const std::size_t size : {2, 16, 30, 53}) bmp_is_refused(good.bytes().substr(0, size), "does not begin like BMP");
    bmp_is_refused(good.bytes().substr(0, 61), "too few");
    bmp_is_refused(BmpFile{.nx = 1, .ny = 1, .bits = 24, .rows = "\5\6\5\0"s}.bytes(), "no grey at voxel (z 0, y 0, x 0)");
}
