// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/catch.hpp"
#include "tiff.hpp"

using namespace lapilli;
using namespace lapilli::test;

namespace {

struct Tags {
    float x = 0;
    float y = 0;
    int unit = RESUNIT_NONE;
    const char* description = nullptr;
};

format::ImageDescription described(const Tags& tags)
{
    const ScratchFolder folder;
    const TiffSpec spec{.shape = {2, 4, 6}, .more_tags = [&](TIFF* tiff, std::int64_t z) {
                            if (tags.x > 0) {
                                TIFFSetField(tiff, TIFFTAG_XRESOLUTION, tags.x);
                                TIFFSetField(tiff, TIFFTAG_YRESOLUTION, tags.y);
                                TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, tags.unit);
                            }
                            if (tags.description && z == 0) TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, tags.description);
                        }};
    return format::open_image(write_tiff(folder / "a.tif", spec, counted(48)), {})->description();
}

} // namespace

TEST_CASE("the resolution tags of a TIFF give the voxel size")
{
    const auto cm = described({.x = 1 / 5.345e-4F, .y = 1 / 5.345e-4F, .unit = RESUNIT_CENTIMETER});
    REQUIRE(cm.voxel_edges_m);
    CHECK(cm.voxel_edges_m->x == Approx(5.345e-6).epsilon(1e-12));
    CHECK(cm.voxel_by == "its resolution");
    const auto inch = described({.x = 25400, .y = 25400, .unit = RESUNIT_INCH});
    REQUIRE(inch.voxel_edges_m);
    CHECK(inch.voxel_edges_m->x == Approx(1e-6).epsilon(1e-12));
}

TEST_CASE("resolutions that say nothing of the voxels give no voxel size")
{
    CHECK_FALSE(described({}).voxel_edges_m);
    CHECK_FALSE(described({.x = 2000, .y = 2000, .unit = RESUNIT_NONE}).voxel_edges_m);
    CHECK_FALSE(described({.x = 1, .y = 1, .unit = RESUNIT_CENTIMETER}).voxel_edges_m);
    for (const float dpi : {72.F, 96.F, 300.F}) {
        CHECK_FALSE(described({.x = dpi, .y = dpi, .unit = RESUNIT_INCH}).voxel_edges_m);
        CHECK_FALSE(described({.x = dpi / 2.54F, .y = dpi / 2.54F, .unit = RESUNIT_CENTIMETER}).voxel_edges_m);
    }
}

TEST_CASE("ImageJ's unit and spacing give the voxel size of cubes")
{
    for (const char* unit : {"micron", "um", "\\u00B5m", "\xc2\xb5m", "\xb5m"}) {
        const std::string text = fmt::format("ImageJ=1.53t\nimages=2\nslices=2\nunit={}\nspacing=2.25\nloop=false\n", unit);
        const auto image = described({.x = 1 / 2.25F, .y = 1 / 2.25F, .description = text.c_str()});
        CAPTURE(unit);
        REQUIRE(image.voxel_edges_m);
        CHECK(image.voxel_edges_m->x == Approx(2.25e-6).epsilon(1e-12));
        CHECK(image.voxel_by == "ImageJ's description");
        CHECK(image.voxel_remarks.empty());
    }
}

TEST_CASE("voxels that are no cubes have an edge along each axis")
{
    const char* text = "ImageJ=1.53t\nimages=2\nslices=2\nunit=micron\nspacing=4\n";
    const auto flat = described({.x = 0.5F, .y = 0.5F, .description = text});
    CHECK(flat.voxel_edges_m == VoxelEdges{2e-6, 2e-6, 4e-6});
    CHECK(flat.voxel_remarks.empty());
    const auto wide = described({.x = 5000, .y = 2500, .unit = RESUNIT_CENTIMETER});
    CHECK_FALSE(wide.voxel_edges_m);
    REQUIRE(wide.voxel_remarks.size() == 1);
    CHECK_THAT(wide.voxel_remarks[0], mentions("2 µm x 4 µm (x, y)") && mentions("--voxel"));
}

TEST_CASE("resolutions per mm and per micrometre are known, other units are named")
{
    // libtiff refuses to write these units, so they are put into the finished file
    const auto with_unit = [](float per_unit, char unit) {
        const ScratchFolder folder;
        const TiffSpec spec{.shape = {1, 4, 6}, .mode = "wl", .more_tags = [&](TIFF* tiff, std::int64_t) {
                                TIFFSetField(tiff, TIFFTAG_XRESOLUTION, per_unit);
                                TIFFSetField(tiff, TIFFTAG_YRESOLUTION, per_unit);
                                TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_CENTIMETER);
                            }};
        std::string bytes = bytes_in(write_tiff(folder / "a.tif", spec, counted(24)));
        const std::string entry("\x28\x01\x03\x00\x01\x00\x00\x00\x03\x00", 10); // tag 296, one SHORT, 3
        const std::size_t at = bytes.find(entry);
        REQUIRE(at != std::string::npos);
        bytes[at + 8] = unit;
        return format::open_image(folder.write("b.tif", bytes), {})->description();
    };
    constexpr char millimetre = 4, micrometre = 5;
    const auto rock = with_unit(1 / 5.345F, micrometre);
    REQUIRE(rock.voxel_edges_m);
    CHECK(rock.voxel_edges_m->z == Approx(5.345e-6).epsilon(1e-9));
    const auto one = with_unit(1, micrometre);
    REQUIRE(one.voxel_edges_m);
    CHECK(one.voxel_edges_m->z == Approx(1e-6).epsilon(1e-9));
    const auto fine = with_unit(200, millimetre);
    REQUIRE(fine.voxel_edges_m);
    CHECK(fine.voxel_edges_m->z == Approx(5e-6).epsilon(1e-9));
    const auto odd = with_unit(200, 9);
    CHECK_FALSE(odd.voxel_edges_m);
    REQUIRE(odd.voxel_remarks.size() == 1);
    CHECK_THAT(odd.voxel_remarks[0], mentions("ResolutionUnit 9"));
}

TEST_CASE("what writers put when nobody said anything gives no voxel size")
{
    for (const float dpi : {25.4F, 72.F, 96.F, 100.F, 150.F, 300.F, 600.F})
        CHECK_FALSE(described({.x = dpi, .y = dpi, .unit = RESUNIT_INCH}).voxel_edges_m);
    CHECK_FALSE(described({.x = 10, .y = 10, .unit = RESUNIT_CENTIMETER}).voxel_edges_m);
    CHECK_FALSE(described({.x = 1, .y = 1, .unit = RESUNIT_INCH}).voxel_edges_m);
}

TEST_CASE("the JSON of tifffile gives the voxel size, and a contradiction is named")
{
    const char* json = R"({"shape": [2, 4, 6], "unit": "um", "spacing": 5.345})";
    const auto image = described({.x = 1 / 5.345F, .y = 1 / 5.345F, .unit = RESUNIT_INCH, .description = json});
    REQUIRE(image.voxel_edges_m);
    CHECK(image.voxel_edges_m->x == Approx(5.345e-6).epsilon(1e-9));
    CHECK(image.voxel_edges_m->cubic());
    REQUIRE(image.voxel_remarks.size() == 1);
    CHECK_THAT(image.voxel_remarks[0], mentions("5.345 µm") && mentions("135.8 mm"));
    // the tags in cm agree with the spacing: they are meant
    const auto agreed = described({.x = 1 / 5.345e-4F, .y = 1 / 5.345e-4F, .unit = RESUNIT_CENTIMETER, .description = json});
    REQUIRE(agreed.voxel_edges_m);
    CHECK(agreed.voxel_edges_m->x == Approx(5.345e-6).epsilon(1e-9));
    CHECK(agreed.voxel_remarks.empty());
    // only the distance of the slices
    const auto half = described({.x = 1, .y = 1, .unit = RESUNIT_NONE, .description = json});
    CHECK_FALSE(half.voxel_edges_m);
    REQUIRE(half.voxel_remarks.size() == 1);
    CHECK_THAT(half.voxel_remarks[0], mentions("distance of the slices (5.345 µm)"));
}

TEST_CASE("OME's physical sizes are the voxel size in their own units")
{
    const auto ome = [](const std::string& sizes) {
        const std::string text =
            R"(<?xml version="1.0"?><OME><Image><Pixels SizeX="6" SizeY="4" SizeZ="2" SizeC="1" SizeT="1" )" + sizes +
            "/></Image></OME>";
        return described({.description = text.c_str()});
    };
    const auto flat = ome(R"(PhysicalSizeX="2.5" PhysicalSizeY="2.5" PhysicalSizeZ="0.005" PhysicalSizeZUnit="mm")");
    CHECK(flat.voxel_edges_m == VoxelEdges{2.5e-6, 2.5e-6, 5e-6});
    CHECK(flat.voxel_remarks.empty());
    const auto half = ome(R"(PhysicalSizeX="2.5")");
    CHECK_FALSE(half.voxel_edges_m);
    REQUIRE(half.voxel_remarks.size() == 1);
    CHECK_THAT(half.voxel_remarks[0], mentions("PhysicalSizeX"));
    const auto odd = ome(R"(PhysicalSizeX="1" PhysicalSizeXUnit="reference frame" PhysicalSizeY="1" PhysicalSizeZ="1")");
    CHECK_FALSE(odd.voxel_edges_m);
    REQUIRE(odd.voxel_remarks.size() == 1);
    CHECK_THAT(odd.voxel_remarks[0], mentions("'reference frame'"));
    CHECK_FALSE(ome("").voxel_edges_m);
}

TEST_CASE("a unit that is not known is named, and pixels are no length")
{
    const auto imagej = [](const char* unit) {
        const std::string text = fmt::format("ImageJ=1.54f\nimages=2\nslices=2\nunit={}\nspacing=5\n", unit);
        return described({.x = .2F, .y = .2F, .description = text.c_str()});
    };
    for (const char* unit : {"micrometers", "Micron", "MICROMETRES", "um", "\xce\xbcm"}) {
        CAPTURE(unit);
        CHECK(imagej(unit).voxel_edges_m == VoxelEdges::cube(5e-6));
    }
    CHECK(imagej("nm").voxel_edges_m == VoxelEdges::cube(5e-9));
    CHECK_FALSE(imagej("pixel").voxel_edges_m);
    CHECK(imagej("pixel").voxel_remarks.empty());
    const auto odd = imagej("furlong");
    CHECK_FALSE(odd.voxel_edges_m);
    REQUIRE(odd.voxel_remarks.size() == 1);
    CHECK_THAT(odd.voxel_remarks[0], mentions("'furlong'"));
}

TEST_CASE("the distance of ImageJ's slices may have a unit of its own")
{
    const auto image = described(
        {.x = .5F, .y = .5F, .description = "ImageJ=1.54f\nimages=2\nslices=2\nunit=um\nzunit=nm\nspacing=4000\n"});
    CHECK(image.voxel_edges_m == VoxelEdges{2e-6, 2e-6, 4e-6});
}

TEST_CASE("a page's own line voxel_size_m comes before all other sources")
{
    const auto image = described(
        {.x = 5000, .y = 5000, .unit = RESUNIT_CENTIMETER, .description = "made by hand\nvoxel_size_m=5.345e-06\n"});
    CHECK(image.voxel_edges_m == VoxelEdges::cube(5.345e-06));
    CHECK_FALSE(described({.description = "voxel_size_m=nan"}).voxel_edges_m);
    CHECK_FALSE(described({.description = "voxel_size_m=-1"}).voxel_edges_m);
}
