// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "gzip.hpp"
#include "headed_files.hpp"
#include "support/catch.hpp"

using namespace lapilli;
using namespace lapilli::test;

TEST_CASE("NIfTI of both versions and orders of bytes is read in all its types, packed or not")
{
    const ScratchFolder folder;
    const Labels labels = headed_labels();
    for (const int version : {1, 2})
        for (const bool big : {false, true}) {
            CAPTURE(version, big);
            const auto reads = [&](int datatype, const std::string& voxels) {
                const std::string file =
                    nifti_header({.version = version, .datatype = datatype, .big_endian = big}) + voxels;
                return read_all(folder.write("a.nii", file)) == labels &&
                       read_all(folder.write("a.nii.gz", gzip(file))) == labels;
            };
            CHECK(reads(2, voxel_bytes<std::uint8_t>(labels, big)));
            CHECK(reads(4, voxel_bytes<std::int16_t>(labels, big)));
            CHECK(reads(8, voxel_bytes<std::int32_t>(labels, big)));
            CHECK(reads(16, voxel_bytes<float>(labels, big)));
            CHECK(reads(64, voxel_bytes<double>(labels, big)));
            CHECK(reads(512, voxel_bytes<std::uint16_t>(labels, big)));
            CHECK(reads(768, voxel_bytes<std::uint32_t>(labels, big)));
            CHECK(reads(1024, voxel_bytes<std::int64_t>(labels, big)));
            CHECK(reads(1280, voxel_bytes<std::uint64_t>(labels, big)));
            folder.write("b.img", voxel_bytes<std::int16_t>(labels, big));
            CHECK(read_all(folder.write(
                      "b.hdr", nifti_header({.version = version, .datatype = 4, .big_endian = big, .pair = true}))) ==
                  labels);
        }
    CHECK(format::open_image(folder / "a.nii.gz", {})->description().format == "NIfTI-2 u64 big-endian, gzip");
}

TEST_CASE("the voxel size of NIfTI is in the unit that it names, and none without a unit")
{
    const ScratchFolder folder;
    const auto look = [&](const NiftiSpec& spec) {
        return format::open_image(folder.write("a.nii", nifti_header(spec) + std::string(60, '\0')), {})->description();
    };
    for (const int version : {1, 2}) {
        CHECK(look({.version = version, .edges = {2e-6, 2e-6, 4e-6}, .units = 1}).voxel_edges_m ==
              VoxelEdges{2e-6, 2e-6, 4e-6});
        CHECK(look({.version = version, .edges = {0.002, -0.002, 0.004}, .units = 2 + 8}).voxel_edges_m ==
              VoxelEdges{2e-6, 2e-6, 4e-6});
        CHECK(look({.version = version, .edges = {5.345, 5.345, 5.345}, .units = 3}).voxel_edges_m ==
              VoxelEdges::cube(5.345e-6));
        CHECK(look({.version = version, .edges = {1, 1, 1}, .units = 3}).voxel_edges_m == VoxelEdges::cube(1e-6));
        CHECK_FALSE(look({.version = version, .edges = {1, 1, 1}, .units = 2}).voxel_edges_m);
        const auto unitless = look({.version = version, .edges = {5, 5, 5}});
        CHECK_FALSE(unitless.voxel_edges_m);
        REQUIRE(unitless.voxel_remarks.size() == 1);
        CHECK_THAT(unitless.voxel_remarks[0], mentions("without a unit"));
        const auto scaled = look({.version = version, .slope = 1, .intercept = -1024});
        REQUIRE(scaled.remarks.size() == 1);
        CHECK_THAT(scaled.remarks[0], mentions("times 1, plus -1024"));
        CHECK(look({.version = version, .slope = 0.5}).remarks.size() == 1);
        CHECK(look({.version = version, .slope = 1}).remarks.empty());
        CHECK(look({.version = version, .intercept = 7}).remarks.empty()); // a slope of 0 scales nothing
    }
}

TEST_CASE("NIfTI that is not read is refused for what it is, and a damaged one too")
{
    const ScratchFolder folder;
    const auto refuses = [&](const NiftiSpec& spec, const char* reason) {
        CHECK_THROWS_WITH(format::open_image(folder.write("a.nii", nifti_header(spec) + std::string(60, '\0')), {}),
                          mentions(reason));
    };
    refuses({.datatype = 128}, "type 128 of NIfTI");
    refuses({.dim = {4, 5, 4, 3, 2, 1, 1, 1}}, "array of 5x4x3x2");
    refuses({.dim = {3, 5, 4, 4, 1, 1, 1, 1}}, "cut off or is damaged");
    refuses({.dim = {0, 5, 4, 3, 1, 1, 1, 1}}, "array of no");
    refuses({.pair = true}, "a.img, which is not there");
    const std::string good = nifti_header({}) + voxel_bytes<std::uint8_t>(headed_labels());
    CHECK(survives_damage(folder, "a.nii", good, 400));
    CHECK(survives_damage(folder, "a.nii.gz", gzip(good), 400));
}
