// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scratch.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <limits>

using namespace lapilli;
using namespace lapilli::test;
using format::VoxelType;

namespace {

constexpr Shape raw_shape{3, 4, 5};

template <class T>
std::string swapped(const std::vector<T>& values)
{
    std::string bytes = bytes_of(values);
    for (std::size_t i = 0; i < bytes.size(); i += sizeof(T))
        std::reverse(bytes.begin() + static_cast<std::ptrdiff_t>(i),
                     bytes.begin() + static_cast<std::ptrdiff_t>(i + sizeof(T)));
    return bytes;
}

template <class T>
void reads_as(VoxelType type, const Labels& labels)
{
    const ScratchFolder folder;
    const std::string little = folder.write("little.raw", bytes_of(as<T>(labels)));
    const std::string big = folder.write("big.raw", swapped(as<T>(labels)));
    CHECK(read_all(little, {.shape = raw_shape, .type = type}) == labels);
    CHECK(read_all(big, {.shape = raw_shape, .type = type, .big_endian = true}) == labels);
}

} // namespace

TEST_CASE("raw images of every type and either endianness give their labels")
{
    Labels labels = counted(raw_shape.voxels(), 127);
    reads_as<std::uint8_t>(VoxelType::u8, labels);
    labels[7] = 40000;
    reads_as<std::uint16_t>(VoxelType::u16, labels);
    labels[7] = -3;
    reads_as<std::int8_t>(VoxelType::i8, labels);
    labels[8] = -30000;
    reads_as<std::int16_t>(VoxelType::i16, labels);
    reads_as<float>(VoxelType::f32, labels);
    labels[9] = std::numeric_limits<std::int32_t>::min();
    labels[10] = std::numeric_limits<std::int32_t>::max();
    reads_as<std::int32_t>(VoxelType::i32, labels);
    reads_as<std::int64_t>(VoxelType::i64, labels);
    reads_as<double>(VoxelType::f64, labels);
    labels[7] = labels[8] = labels[9] = 2000000000;
    reads_as<std::uint32_t>(VoxelType::u32, labels);
    reads_as<std::uint64_t>(VoxelType::u64, labels);
}

TEST_CASE("names of types are those of the command line, of numpy and of C; numpy's count bytes")
{
    for (const auto& [word, type] : {std::pair{"u8", VoxelType::u8},
                                     {"UInt8", VoxelType::u8},
                                     {"bool", VoxelType::u8},
                                     {"|u1", VoxelType::u8},
                                     {"<u8", VoxelType::u64},
                                     {"i8", VoxelType::i8},
                                     {">i8", VoxelType::i64},
                                     {"f8", VoxelType::f64},
                                     {"float64", VoxelType::f64},
                                     {"double", VoxelType::f64},
                                     {"<f4", VoxelType::f32},
                                     {"=i2", VoxelType::i16}})
        CHECK(format::voxel_type(word) == type);
    for (const char* word : {"", "<", "u3", "<uint8", "float16", "complex"}) CHECK(!format::voxel_type(word));
    CHECK_THAT(format::voxel_type_names(), mentions("u8, i8, ") && mentions(" or f64"));
}

TEST_CASE("a header before the voxels is passed over")
{
    const ScratchFolder folder;
    const Labels labels = counted(raw_shape.voxels());
    const format::RawFormat plain{.shape = raw_shape, .type = VoxelType::u16};
    for (const std::int64_t header : {1, 512, 1000}) {
        const std::string path =
            folder.write("a.raw", std::string(static_cast<std::size_t>(header), 'h') + bytes_of(as<std::uint16_t>(labels)));
        auto known = plain;
        known.header = header;
        CHECK(read_all(path, known) == labels);
        auto automatic = plain;
        automatic.header = format::RawFormat::all_that_is_more;
        if (header == 512) {
            CHECK(read_all(path, automatic) == labels);
            CHECK_THROWS_WITH(format::open_image(path, plain), mentions("add --header 512"));
        } else {
            CHECK_THROWS_WITH(format::open_image(path, automatic), mentions("no usual header"));
        }
        ++*known.header;
        CHECK_THROWS_WITH(format::open_image(path, known), mentions("is the shape right?"));
        known.header = std::numeric_limits<std::int64_t>::max();
        CHECK_THROWS_WITH(format::open_image(path, known), mentions("passes over more"));
    }
}

TEST_CASE("planes of a raw image are read in any order")
{
    const ScratchFolder folder;
    const Labels labels = counted(raw_shape.voxels());
    const auto reader = format::open_image(folder.write("a.raw", bytes_of(as<std::uint16_t>(labels))),
                                           {.shape = raw_shape, .type = VoxelType::u16});
    CHECK_FALSE(reader->streamed());
    CHECK(reader->description().format == "raw u16 little-endian");
    for (const std::int64_t z : {2, 0, 1})
        CHECK(read_planes(*reader, {z, z + 1}) ==
              Labels(labels.begin() + z * raw_shape.plane(), labels.begin() + (z + 1) * raw_shape.plane()));
    CHECK(read_planes(*reader, {1, 1}).empty());
    Labels wrong(3);
    CHECK_THROWS_AS(reader->read({0, 1}, wrong), Error);
    CHECK_THROWS_AS(reader->read({2, 4}, wrong), Error);
}

TEST_CASE("a raw image that is larger than one piece of reading is whole")
{
    const ScratchFolder folder;
    const Shape large{3, 331, 257};
    const Labels labels = counted(large.voxels());
    CHECK(read_all(folder.write("a.raw", bytes_of(as<std::uint8_t>(labels))), {.shape = large, .type = VoxelType::u8}) ==
          labels);
}

TEST_CASE("a raw file of another size is refused with both sizes")
{
    const ScratchFolder folder;
    const std::string path = folder.write("berea.raw", std::string(63999, 'x'));
    const Error error = error_of_opening(path, {.shape = Shape{40, 40, 40}, .type = VoxelType::u8});
    CHECK(error.code() == ExitCode::wrong_input);
    CHECK(error.what() == path + " has 63 999 bytes, but --shape 40x40x40 --type u8 needs 64 000; is the shape right?");
}

TEST_CASE("a raw file without shape or type is answered with what to add")
{
    const ScratchFolder folder;
    const std::string path = folder.write("a.raw", "abcdefgh");
    CHECK_THROWS_WITH(format::open_image(path, {}), mentions("add --shape") && mentions("--type"));
    CHECK_THROWS_WITH(format::open_image(path, {.shape = Shape{2, 2, 2}}), mentions("add --type"));
    CHECK_THROWS_WITH(format::open_image(path, {.type = VoxelType::u8}), mentions("add --shape"));
}

TEST_CASE("shapes that are none are refused")
{
    const ScratchFolder folder;
    const std::string path = folder.write("a.raw", "abcdefgh");
    constexpr std::int64_t huge = std::int64_t{1} << 40;
    for (const Shape wrong :
         {Shape{0, 2, 2}, Shape{2, -2, -2}, Shape{huge, huge, huge}, Shape{std::int64_t{1} << 62, 1, 1}}) {
        const Error error = error_of_opening(path, {.shape = wrong, .type = VoxelType::u32});
        CHECK(error.code() == ExitCode::wrong_input);
        CHECK_THAT(error.what(), mentions("--shape"));
    }
}

TEST_CASE("values that are no labels are refused with their place")
{
    const ScratchFolder folder;
    std::vector<float> values(static_cast<std::size_t>(raw_shape.voxels()), 1.F);
    const auto sentence = [&](float value) {
        values[1 * 20 + 2 * 5 + 3] = value;
        const std::string path = folder.write("a.raw", bytes_of(values));
        return std::string(error_of([&] { read_all(path, {.shape = raw_shape, .type = VoxelType::f32}); }).what());
    };
    values[40] = 0.25F; // a later one is not the first
    CHECK_THAT(sentence(0.5F), mentions("0.5 at voxel (z 1, y 2, x 3)") && mentions("segment"));
    CHECK_THAT(sentence(std::numeric_limits<float>::quiet_NaN()), mentions("nan at voxel (z 1, y 2, x 3)"));
    CHECK_THAT(sentence(std::numeric_limits<float>::infinity()), mentions("inf at voxel"));
    CHECK_THAT(sentence(3e9F), mentions("at voxel (z 1, y 2, x 3)"));

    std::vector<std::uint32_t> large(static_cast<std::size_t>(raw_shape.voxels()), 1);
    large[59] = 4000000000U;
    const std::string path = folder.write("b.raw", bytes_of(large));
    CHECK_THROWS_WITH(read_all(path, {.shape = raw_shape, .type = VoxelType::u32}),
                      mentions("4000000000 at voxel (z 2, y 3, x 4)"));
}

TEST_CASE("a raw file that is cut off after it was opened is an error")
{
    const ScratchFolder folder;
    const std::string path = folder.write("a.raw", std::string(60, 'x'));
    const auto reader = format::open_image(path, {.shape = raw_shape, .type = VoxelType::u8});
    std::filesystem::resize_file(path, 30);
    CHECK(read_planes(*reader, {0, 1}).size() == 20);
    CHECK_THROWS_WITH(read_planes(*reader, {1, 2}), mentions("ends at byte 30"));
}
