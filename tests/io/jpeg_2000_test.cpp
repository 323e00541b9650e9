// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/image_reader.hpp"
#include "format/jpeg_2000/jpeg_2000_built.hpp"
#include "scratch.hpp"
#include "support/catch.hpp"

using namespace lapilli;
using namespace lapilli::test;

namespace {

std::string from_hex(std::string_view hex)
{
    std::string bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2)
        bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
    return bytes;
}

// 5 x 3 pixels as Pillow 12 writes them with OpenJPEG 2.5: size, coding, steps, voxels.
const std::string size_u8 = "ff4fff51002900000000000500000003000000000000000000000005000000030000000000000000000107"
                            "0101",
                  size_u16 = "ff4fff5100290000000000050000000300000000000000000000000500000003000000000000000000010f0101",
                  coding = "ff52000c00000001000104040001";
const std::string bytes =
    from_hex(size_u8 + coding + "ff5c00074040484850ff90000a00000000001a0001ff93df804007c53aa4c3bed83780ffd9");
const std::string words =
    from_hex(size_u16 + coding + "ff5c00074080888890ff90000a0000000000210001ff93dff8907007c53aa4c3b72de5619e34c1f8ef80ffd9");
const std::string lossy =
    from_hex(size_u8 + "ff52000c00000001000104040000" +
             "ff5c000b42482457d357d35762ff90000a00000000001f0001ff93cfc020064171dd63ddb57fc03e1080016cffd9");

/// With the head of a .jp2 before it.
std::string boxed(const std::string& codestream)
{
    return from_hex(
               "0000000c6a5020200d0a870a00000014667479706a703220000000006a7032200000002d6a70326800000016696864720000000300"
               "0000050001070700000000000f636f6c7201000000000011000000006a703263") +
           codestream;
}

Labels multiples(std::int32_t of)
{
    Labels labels;
    for (std::int32_t i = 0; i < 15; ++i) labels.push_back(of * i);
    return labels;
}

} // namespace

TEST_CASE("JPEG 2000 without loss is read, alone and as slices, or its program is named")
{
    const ScratchFolder folder;
    const auto path = folder.write("a.j2k", bytes);
    if (!format::reads_jpeg_2000) {
        CHECK_THROWS_WITH(format::open_image(path, {}), mentions("opj_decompress -i") && mentions("libopenjp2-tools"));
        return;
    }
    CHECK(format::open_image(path, {})->description().format == "JPEG 2000 u8");
    CHECK(read_all(path) == multiples(17));
    CHECK(read_all(folder.write("b.j2k", words)) == multiples(4369));
    CHECK(read_all(folder.write("c.jp2", boxed(bytes))) == multiples(17));

    const ScratchFolder slices;
    for (int z = 0; z < 12; ++z) slices.write(fmt::format("rock{}.jp2", z), boxed(bytes));
    const auto reader = format::open_image(slices.path(), {});
    CHECK(reader->description().format == "folder of JPEG 2000 u8");
    CHECK(reader->description().shape == Shape{12, 3, 5});
    CHECK(read_planes(*reader, {3, 4}) == multiples(17));
    slices.write("rock5.jp2", boxed(words));
    CHECK_THROWS_WITH(format::open_image(slices.path(), {}), mentions("rock5.jp2 is 5 x 3 u16"));
}

TEST_CASE("JPEG 2000 with loss, with a promise that its size belies, or damaged is refused")
{
    if (!format::reads_jpeg_2000) return;
    const ScratchFolder folder;
    const auto refuses = [&](const std::string& file, const char* part) {
        const Error error = error_of([&] { read_all(folder.write("a.j2k", file)); });
        CHECK(error.code() == ExitCode::wrong_input);
        CHECK_THAT(error.what(), mentions(part));
    };
    const char* loss = "packed with loss (wavelet 9-7)";
    refuses(lossy, loss);
    const auto with_head_of_tile = [](const char* segments) {
        const auto added = from_hex(segments);
        auto file = bytes;
        file[77] = static_cast<char>(file[77] + static_cast<char>(added.size())); // the length of the part
        return file.insert(80, added);
    };
    refuses(with_head_of_tile("ff52000c00000001000104040000"), loss);
    refuses(with_head_of_tile("ff53000900000104040000"), loss);
    CHECK(read_all(folder.write("a.j2k", with_head_of_tile("ff52000c00000001000104040001"))) == multiples(17));
    auto parts = bytes;
    parts[79] = 2;
    refuses(parts, "lacks a part of tile 0");
    parts[79] = 0; // not said
    CHECK(read_all(folder.write("a.j2k", parts)) == multiples(17));
    parts[78] = 1;
    refuses(parts, "lacks a part of tile 0");
    auto huge = bytes;
    for (const std::size_t extent : {8, 12, 24, 28}) huge.replace(extent, 4, from_hex("00007000"));
    refuses(huge, "too few for the 28672 x 28672 voxels that it promises");
    auto colours =
        from_hex("ff4fff51002f0000000000050000000300000000000000000000000500000003000000000000000000030701010701010701"
                 "01") +
        bytes.substr(43);
    refuses(colours, "3 numbers a pixel");
    auto tiles = bytes;
    for (const std::size_t length : {24, 28}) tiles.replace(length, 4, from_hex("00000001"));
    refuses(tiles, "promises 5 x 3 tiles of its voxels, but has 1");
    refuses("\xff\x4f\xff\x51", "");
    refuses(bytes.substr(0, 60), "was cut off");
    refuses(bytes.substr(0, bytes.size() - 10), "was cut off");
    for (std::size_t i = 4; i < bytes.size(); i += 5) { // read or refused, but never a crash here
        auto damaged = bytes;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x55);
        try {
            read_all(folder.write("a.j2k", damaged));
        } catch (const Error& error) {
            CHECK(error.code() == ExitCode::wrong_input);
        }
    }
}
