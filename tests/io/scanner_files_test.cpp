// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "headed.hpp"
#include "scratch.hpp"
#include "support/catch.hpp"

#include <fmt/format.h>

using namespace lapilli;
using namespace lapilli::test;

namespace {

/// Scanco's header, with the extents in voxels and in µm, and so many blocks behind it.
std::string isq(const std::vector<std::int32_t>& voxels, const std::vector<std::int32_t>& sides, std::int32_t blocks,
                const std::string& data)
{
    std::string header = "CTDATA-HEADER_V1" + std::string(28, '\0');
    for (const auto& three : {voxels, sides})
        for (const auto number : three) header += number_bytes(number);
    header += std::string(508 - header.size(), '\0') + number_bytes(blocks);
    return header + std::string(512 * std::max(0, blocks), '\0') + data;
}

const std::string vgi = R"({volume1}
[representation]
size = 3 2 2
datatype = unsigned integer
bitsperelement = 16
[file1]
RegionOfInterestStart = 0 0 0
FileFormat = raw
Size = 3 2 2
Name = C:\scans\rock.vol
Datatype = unsigned integer
datarange = 0 -1
BitsPerElement = 16
{volumeprimitive12}
[geometry]
resolution = 0.004 0.004 0.008
unit = mm
[volume]
volume = volume1
)";

std::string with(std::string text, const std::string& from, const std::string& to)
{
    return text.replace(text.find(from), from.size(), to);
}

const std::string vgi_voxels = test::bytes_of(as<std::uint16_t>(counted(12)));

void vgi_is_refused(const std::string& text, const std::string& part)
{
    const ScratchFolder folder;
    folder.write("rock.vol", vgi_voxels);
    CHECK_THROWS_WITH(format::open_image(folder.write("rock.vgi", text), {}), mentions(part));
}

} // namespace

TEST_CASE("a scan of Scanco's says its shape and the size of its voxels")
{
    const ScratchFolder folder;
    for (const int blocks : {0, 3}) {
        const auto path =
            folder.write("a.isq", isq({3, 2, 2}, {30, 20, 40}, blocks, test::bytes_of(as<std::int16_t>(counted(12)))));
        const auto reader = format::open_image(path, {});
        CHECK(reader->description().format == "Scanco ISQ i16");
        CHECK(reader->description().shape == Shape{2, 2, 3});
        REQUIRE(reader->description().voxel_edges_m);
        CHECK(reader->description().voxel_edges_m->x == Approx(1e-5));
        CHECK(reader->description().voxel_edges_m->z == Approx(2e-5));
        CHECK(read_planes(*reader, {0, 2}) == counted(12));
        CHECK(read_planes(*reader, {1, 2}) == Labels{6, 7, 8, 9, 10, 11});
    }
}

TEST_CASE("a scan of Scanco's that is cut off or lies is refused")
{
    const ScratchFolder folder;
    const std::string good = isq({3, 2, 2}, {3, 2, 2}, 0, std::string(24, '\1'));
    const auto refused = [&](const std::string& bytes, const std::string& part) {
        CHECK_THROWS_WITH(format::open_image(folder.write("a.isq", bytes), {}), mentions(part));
    };
    refused(good.substr(0, 100), "begins like a scan of Scanco's");
    refused(good.substr(0, 535), "it was cut off or is damaged");
    refused(isq({3, 2, 0}, {3, 2, 2}, 0, ""), "says 3x2x0 voxels");
    refused(isq({2000000000, 2000000000, 2000000000}, {3, 2, 2}, 0, "x"), "it was cut off or is damaged");
    refused(with(good, std::string(4, '\0') + std::string(24, '\1'), "\xff\xff\xff\x7f" + std::string(24, '\1')),
            "it was cut off");
    refused(with(good, std::string(4, '\0') + std::string(24, '\1'), "\0\0\0\x80" + std::string(24, '\1')),
            "it was cut off");
}

TEST_CASE("a volume of VGStudio is read from the file that its text names")
{
    const ScratchFolder folder;
    folder.write("rock.vol", vgi_voxels);
    for (const auto& text : {vgi, with(vgi, "Name = C:\\scans\\rock.vol", "Name = /data/rock.vol"),
                             with(vgi, "Name = C:\\scans\\rock.vol\n", "")}) {
        const auto reader = format::open_image(folder.write("rock.vgi", text), {});
        CHECK(reader->description().format == "VGStudio u16");
        CHECK(reader->description().shape == Shape{2, 2, 3});
        REQUIRE(reader->description().voxel_edges_m);
        CHECK(reader->description().voxel_edges_m->x == Approx(4e-6));
        CHECK(reader->description().voxel_edges_m->z == Approx(8e-6));
        CHECK(read_planes(*reader, {0, 2}) == counted(12));
    }
    folder.write("rock.vol", "abc" + vgi_voxels);
    CHECK(read_all(folder.write("rock.vgi", with(vgi, "FileFormat", "SkipHeader = 3\nFileFormat"))) == counted(12));
    for (const char* before : {"-3", "-9223372036854775808"})
        vgi_is_refused(with(vgi, "FileFormat", fmt::format("SkipHeader = {}\nFileFormat", before)), "before the file");
}

TEST_CASE("a volume of VGStudio that is not whole, packed, or of another type is refused")
{
    vgi_is_refused(with(vgi, "[file1]", "[file2]"), "names no file of voxels");
    vgi_is_refused(with(vgi, "{volumeprimitive12}", "[file2]\nName = b\n"), "several files");
    vgi_is_refused(with(vgi, "= raw", "= gzip"), "format 'gzip'");
    vgi_is_refused(with(vgi, "Size = 3 2 2", "Size = 3 2"), "an array of 3x2,");
    vgi_is_refused(with(vgi, "Size = 3 2 2", "Size = 3 2 -2"), "an array of 3x2x-2");
    vgi_is_refused(with(vgi, "Size = 3 2 2", "Size = 3 2 3"), "it was cut off");
    vgi_is_refused(with(vgi, "BitsPerElement = 16", "BitsPerElement = 12"), "voxels of 12 bits");
    vgi_is_refused(with(vgi, "rock.vol", "../../etc/other"), "which is not there");
    const ScratchFolder folder;
    folder.write("rock.vol", vgi_voxels);
    const auto reader = format::open_image(folder.write("rock.VGI", with(vgi, "unit = mm", "unit = furlong")), {});
    CHECK_FALSE(reader->description().voxel_edges_m);
    REQUIRE(reader->description().voxel_remarks.size() == 1);
    CHECK_THAT(reader->description().voxel_remarks[0], mentions("furlong"));
}

TEST_CASE("what scanners write is refused where it is cut off or damaged, or is what its header says then")
{
    const ScratchFolder folder;
    const std::string scan = isq({5, 4, 3}, {5, 4, 3}, 0, test::bytes_of(as<std::int16_t>(headed_labels())));
    CHECK(survives_damage(folder, "a.isq", scan, 512));
    folder.write("rock.vol", test::bytes_of(as<std::uint16_t>(headed_labels())));
    CHECK(survives_damage(folder, "rock.vgi", with(vgi, "Size = 3 2 2", "Size = 5 4 3"), 1000));
}
