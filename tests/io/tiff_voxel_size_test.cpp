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

io::ImageDescription described(const Tags& tags)
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
    return io::open_image(write_tiff(folder / "a.tif", spec, counted(48)), {})->description();
}

} // namespace

TEST_CASE("the resolution tags of a TIFF give the voxel size")
{
    const auto cm = described({.x = 1 / 5.345e-4F, .y = 1 / 5.345e-4F, .unit = RESUNIT_CENTIMETER});
    REQUIRE(cm.voxel_edges_m);
    CHECK(cm.voxel_edges_m->x == Approx(5.345e-6).epsilon(1e-12));
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
        CHECK(image.remarks.empty());
    }
}

TEST_CASE("voxels that are no cubes have an edge along each axis")
{
    const char* text = "ImageJ=1.53t\nimages=2\nslices=2\nunit=micron\nspacing=4\n";
    const auto flat = described({.x = 0.5F, .y = 0.5F, .description = text});
    CHECK(flat.voxel_edges_m == VoxelEdges{2e-6, 2e-6, 4e-6});
    CHECK(flat.remarks.empty());
    const auto wide = described({.x = 5000, .y = 2500, .unit = RESUNIT_CENTIMETER});
    CHECK_FALSE(wide.voxel_edges_m);
    REQUIRE(wide.remarks.size() == 1);
    CHECK_THAT(wide.remarks[0], mentions("2 x 4 um (x, y)") && mentions("--voxel"));
}

TEST_CASE("a page's own line voxel_size_m comes before all other sources")
{
    const auto image = described(
        {.x = 5000, .y = 5000, .unit = RESUNIT_CENTIMETER, .description = "made by hand\nvoxel_size_m=5.345e-06\n"});
    CHECK(image.voxel_edges_m == VoxelEdges::cube(5.345e-06));
    CHECK_FALSE(described({.description = "voxel_size_m=nan"}).voxel_edges_m);
    CHECK_FALSE(described({.description = "voxel_size_m=-1"}).voxel_edges_m);
}
