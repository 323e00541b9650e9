// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "headed.hpp"
#include "support/catch.hpp"

using namespace lapilli;
using namespace lapilli::test;
using format::VoxelType;

namespace {

constexpr Shape crammed_shape{6, 40, 50};
const format::RawFormat crammed{.shape = crammed_shape, .type = VoxelType::u8};
std::string crammed_voxels() { return voxel_bytes<std::uint8_t>(counted(crammed_shape.voxels())); }

} // namespace

TEST_CASE("raw behind .bz2 and .zst is read as behind .gz, in one piece or several")
{
    const ScratchFolder folder;
    const std::string raw = crammed_voxels(), a = raw.substr(0, 777), b = raw.substr(777);
    for (const auto& [name, packed] : {std::pair{"a.raw.bz2", bzip2(raw)},
                                       {"b.raw.bz2", bzip2(a) + bzip2(b)},
                                       {"a.raw.zst", zstd(raw)},
                                       {"b.raw.zst", zstd(a) + zstd("") + zstd(b)}}) {
        CAPTURE(name);
        const std::string path = folder.write(name, packed);
        CHECK(read_all(path, crammed) == counted(crammed_shape.voxels()));
        CHECK(format::open_image(path, crammed)->streamed());
        CHECK(format::open_image(path, crammed)->description().format == std::string(name).substr(2) + " u8");
        auto behind = crammed;
        behind.header = 50;
        behind.shape->ny = 39;
        behind.shape->nz = 1;
        CHECK_THROWS_WITH(read_all(path, behind), mentions("unpacks to more than 1 950 bytes"));
    }
}

TEST_CASE("bzip2 and zstd larger than one piece of unpacking are whole")
{
    const ScratchFolder folder;
    const Shape large{5, 400, 411};
    const std::string raw = voxel_bytes<std::int16_t>(counted(large.voxels(), 32003));
    for (const auto& packed : {bzip2(raw), zstd(raw)})
        CHECK(read_all(folder.write("a", packed), {.shape = large, .type = VoxelType::i16}) ==
              counted(large.voxels(), 32003));
}

TEST_CASE("what lies beside a packed file describes it, and its name does")
{
    const ScratchFolder folder;
    folder.write("rock.raw.json", R"({"image": {"shape": [6, 40, 50], "voxel_size_m": 2e-6}})");
    CHECK(read_all(folder.write("rock.raw.zst", zstd(crammed_voxels()))) == counted(crammed_shape.voxels()));
    CHECK(read_all(folder.write("a_50x40x6_u8.raw.bz2", bzip2(crammed_voxels()))) == counted(crammed_shape.voxels()));
}

TEST_CASE("bzip2 and zstd that are cut off, damaged or followed by something else are refused")
{
    const ScratchFolder folder;
    for (const auto& [name, good] : {std::pair{"bzip2", bzip2(crammed_voxels())}, {"zstd", zstd(crammed_voxels())}}) {
        CAPTURE(name);
        for (std::size_t length = 4; length < good.size(); length += 7)
            CHECK_THROWS_AS(read_all(folder.write("a.raw", good.substr(0, length)), crammed), Error);
        for (std::size_t at = 4; at < good.size(); at += 5) {
            std::string bad = good;
            bad[at] = static_cast<char>(bad[at] ^ (1 << at % 8));
            CHECK(is_refused_or_right(folder.write("a.raw", bad), crammed, counted(crammed_shape.voxels())));
        }
        CHECK_THROWS_AS(read_all(folder.write("a.raw", good + "garbage"), crammed), Error);
        CHECK_THROWS_WITH(
            format::open_image(folder.write("a.raw", good), {.shape = Shape{100000, 100000, 100000}, .type = VoxelType::u8}),
            mentions("too few"));
    }
}
