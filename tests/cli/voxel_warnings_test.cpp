// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/voxel_warnings.hpp"

#include "core/error.hpp"
#include "support/catch.hpp"
#include "text/extents.hpp"
#include "text/units.hpp"

using namespace lapilli;

namespace {

format::ImageDescription with_edges(std::optional<VoxelEdges> edges)
{
    return {.path = "a.tif", .shape = {2, 2, 2}, .voxel_edges_m = edges};
}

/// The only warning there is.
std::string warning(bool by_user, const std::optional<VoxelEdges>& used, const format::ImageDescription& file)
{
    const auto all = study::voxel_warnings(by_user, used, file);
    REQUIRE(all.size() == 1);
    return all[0];
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

} // namespace

TEST_CASE("a voxel size that all agree on needs no warning")
{
    CHECK(study::voxel_warnings(false, VoxelEdges::cube(2e-6), with_edges(VoxelEdges::cube(2e-6))).empty());
    CHECK(study::voxel_warnings(true, VoxelEdges::cube(2e-6), with_edges(VoxelEdges::cube(2.001e-6))).empty());
    CHECK(study::voxel_warnings(true, VoxelEdges::cube(2e-6), with_edges({})).empty());
}

TEST_CASE("a voxel size that contradicts the file's names both")
{
    const auto flat = warning(true, VoxelEdges::cube(2e-6), with_edges(VoxelEdges{2e-6, 2e-6, 4e-6}));
    CHECK(says(flat, "--voxel says 2 µm"));
    CHECK(says(flat, "2 µm x 2 µm x 4 µm (x, y, z)"));
    CHECK(says(warning(true, VoxelEdges::cube(2e-6), with_edges(VoxelEdges::cube(5e-6))), "a.tif says 5 µm"));
}

TEST_CASE("a size that is not known, that the file contradicts, or of no voxel is warned of")
{
    CHECK(says(warning(false, {}, with_edges({})), "not known"));
    const auto long_ones = warning(true, VoxelEdges{2e-6, 2e-6, 4e-6}, with_edges(VoxelEdges::cube(2e-6)));
    CHECK(says(long_ones, "--voxel says 2 µm x 2 µm x 4 µm (x, y, z), but a.tif says 2 µm; voxels of"));
    CHECK(study::voxel_warnings(false, VoxelEdges{2e-6, 2e-6, 4e-6}, with_edges(VoxelEdges{2e-6, 2e-6, 4e-6})).empty());
    CHECK(says(warning(false, VoxelEdges{2e-6, 2e-6, 4e-3}, with_edges(VoxelEdges{2e-6, 2e-6, 4e-3})), "hardly"));
    CHECK(says(warning(false, VoxelEdges::cube(0.13), with_edges(VoxelEdges::cube(0.13))), "(by a.tif)"));
    CHECK(says(warning(true, VoxelEdges::cube(2e-12), with_edges({})), "check the unit"));
}

TEST_CASE("what the file could not say is told only where nobody says it")
{
    auto odd = with_edges({});
    odd.voxel_remarks = {"the unit is not known"};
    CHECK(warning(false, {}, odd) == "the unit is not known");
    CHECK(study::voxel_warnings(true, VoxelEdges::cube(2e-6), odd).empty());
}

TEST_CASE("a number as small as 2e-6 is a length in metres, and a header is a number of bytes or auto")
{
    CHECK(text::parse_length("2e-6") == 2e-6);
    CHECK_THROWS_AS(text::parse_length("2"), Error);
    CHECK(text::parse_header("512") == 512);
    CHECK(text::parse_header("auto") == std::nullopt);
    for (const char* text : {"-1", "", "5k", "1.5"}) CHECK_THROWS_AS(text::parse_header(text), Error);
}
