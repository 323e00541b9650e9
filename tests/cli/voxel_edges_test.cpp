// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "text/voxel.hpp"

#include "core/error.hpp"
#include "support/catch.hpp"

using namespace lapilli;
using text::parse_voxel;

TEST_CASE("the edges of a voxel are given in any form that people write, along x, y, z")
{
    const VoxelEdges flat{2e-6, 2e-6, 4e-6};
    for (const char* text : {"2um,2um,4um", "2 um, 2um, 4um", "2x2x4um", "2umx2umx4um", "2 x 2 x 4 um", "x=2um,y=2um,z=4um",
                             "z=4um, x=2um, y=2um", "X=2um,Y=2um,Z=4um", "2e-6,2e-6,4e-6", "0.002mm,2um,4000nm"}) {
        INFO(text);
        CHECK(parse_voxel(text) == flat);
    }
    CHECK(parse_voxel("5.345um") == VoxelEdges::cube(5.345e-6));
    CHECK(parse_voxel("2e-6") == VoxelEdges::cube(2e-6));
    CHECK(parse_voxel("2,5um") == VoxelEdges::cube(2.5e-6));
}

TEST_CASE("edges that say too little, too much or nothing are refused as wrong input")
{
    for (const char* text : {"",
                             "2",
                             "0um",
                             "2um,4um",
                             "2um,2um,4um,4um",
                             "2,2,4um",
                             "2x4um",
                             "2x2x2x4um",
                             "x=2um,y=2um",
                             "x=2um,x=2um,z=4um",
                             "q=2um,y=2um,z=4um",
                             "x=2um,y=2um,z=",
                             "xy=2um,y=2um,z=4um",
                             "2um,,4um",
                             "2x2x0um",
                             "2um,2um,-4um",
                             "nan,2um,2um",
                             "x",
                             "x=",
                             "=,=,="}) {
        INFO(text);
        try {
            parse_voxel(text);
            FAIL("accepted");
        } catch (const Error& error) {
            CHECK(error.code() == ExitCode::wrong_input);
        }
    }
}

TEST_CASE("edges are typed with all their digits")
{
    for (const auto& edges : {VoxelEdges::cube(5.345e-6), VoxelEdges{1. / 3e5, 2e-6, 65e-9}})
        CHECK(parse_voxel(text::typed_voxel(edges)) == edges);
}
