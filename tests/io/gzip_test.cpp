// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "gzip.hpp"
#include "scratch.hpp"
#include "support/catch.hpp"

#include <algorithm>

using namespace lapilli;
using namespace lapilli::test;
using format::VoxelType;

namespace {

constexpr Shape packed_shape{6, 40, 50};
const format::RawFormat u8{.shape = packed_shape, .type = VoxelType::u8};

std::string voxels() { return bytes_of(as<std::uint8_t>(counted(packed_shape.voxels()))); }

} // namespace

TEST_CASE("gzip of raw is streamed plane by plane")
{
    const ScratchFolder folder;
    const Labels labels = counted(packed_shape.voxels());
    const auto reader = format::open_image(folder.write("a.raw.gz", gzip(bytes_of(as<std::int16_t>(labels)))),
                                           {.shape = packed_shape, .type = VoxelType::i16});
    CHECK(reader->streamed());
    CHECK(reader->description().format == "raw.gz i16 little-endian");
    const Labels first = read_planes(*reader, {0, 4});
    CHECK(std::equal(first.begin(), first.end(), labels.begin()));
    CHECK_THROWS_AS(read_planes(*reader, {0, 1}), Error);
    CHECK(read_planes(*reader, {4, 6}) == Labels(labels.begin() + 4 * packed_shape.plane(), labels.end()));
}

TEST_CASE("a header in front of packed voxels is passed over where its length is said")
{
    const ScratchFolder folder;
    const std::string path = folder.write("a.raw.gz", gzip(std::string(5000, 'h') + voxels()));
    auto known = u8;
    known.header = 5000;
    CHECK(read_all(path, known) == counted(packed_shape.voxels()));
    known.header = format::RawFormat::all_that_is_more;
    CHECK_THROWS_WITH(format::open_image(path, known), mentions("give --header BYTES"));
}

TEST_CASE("gzip larger than one piece of unpacking is whole, packed well or not at all")
{
    const ScratchFolder folder;
    const Shape large{5, 400, 411};
    const Labels labels = counted(large.voxels());
    for (const int level : {0, 9}) {
        const std::string path = folder.write("a.gz", gzip(bytes_of(as<std::uint8_t>(labels)), level));
        CHECK(read_all(path, {.shape = large, .type = VoxelType::u8}) == labels);
    }
}

TEST_CASE("gzip of several members is one image, and zeros behind it are padding")
{
    const ScratchFolder folder;
    const std::string raw = voxels();
    const std::string packed = gzip(raw.substr(0, 777)) + gzip("") + gzip(raw.substr(777));
    CHECK(read_all(folder.write("a.gz", packed), u8) == counted(packed_shape.voxels()));
    CHECK(read_all(folder.write("b.gz", packed + std::string(512, '\0')), u8) == counted(packed_shape.voxels()));
}

TEST_CASE("gzip with more or less data than the shape needs is refused")
{
    const ScratchFolder folder;
    const std::string raw = voxels();
    CHECK_THROWS_WITH(read_all(folder.write("a.gz", gzip(raw.substr(1))), u8),
                      mentions("unpacks to 11 999 bytes") && mentions("needs 12 000"));
    CHECK_THROWS_WITH(read_all(folder.write("b.gz", gzip(raw + "x")), u8), mentions("more than 12 000 bytes"));
    CHECK_THROWS_WITH(read_all(folder.write("c.gz", gzip(raw) + gzip("x")), u8), mentions("more than 12 000 bytes"));
    CHECK_THROWS_WITH(read_all(folder.write("d.gz", gzip(raw) + "garbage"), u8), mentions("something else than gzip"));
    CHECK_THROWS_WITH(read_all(folder.write("e.gz", gzip(raw) + "\x1f\x8b" + "xxxxxxxxxx"), u8), mentions("damaged"));
    CHECK_THROWS_WITH(read_all(folder.write("f.gz", gzip(raw) + "\x1f"), u8), mentions("cut off"));
}

TEST_CASE("gzip without a shape, or with one that it cannot hold, is refused at once")
{
    const ScratchFolder folder;
    const std::string path = folder.write("a.gz", gzip(voxels()));
    CHECK_THROWS_WITH(format::open_image(path, {}), mentions("add --shape"));
    CHECK_THROWS_WITH(format::open_image(path, {.shape = Shape{2000, 2000, 2000}, .type = VoxelType::u8}),
                      mentions("too few") && mentions("8 000 000 000"));
}

TEST_CASE("a flipped bit anywhere in a gzip file gives an error or the same labels")
{
    const ScratchFolder folder;
    const std::string good = gzip(voxels());
    for (std::size_t at = 0; at < good.size(); ++at) {
        std::string bad = good;
        bad[at] = static_cast<char>(bad[at] ^ (1 << at % 8));
        CHECK(is_refused_or_right(folder.write("a.raw.gz", bad), u8, counted(packed_shape.voxels())));
    }
}

TEST_CASE("every truncation of a gzip file is an error")
{
    const ScratchFolder folder;
    const std::string good = gzip(voxels());
    for (std::size_t length = 0; length < good.size(); ++length) {
        const std::string path = folder.write("a.raw.gz", good.substr(0, length));
        CHECK(error_of([&] { read_all(path, u8); }).code() == ExitCode::wrong_input);
    }
}
