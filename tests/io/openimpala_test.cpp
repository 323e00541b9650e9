// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scratch.hpp"
#include "support/catch.hpp"

#include <algorithm>

using namespace lapilli;
using namespace lapilli::test;
using format::VoxelType;

namespace {

/// Images that are not part of the repository: LAPILLI_DATA, else beside it.
std::string data_folder()
{
    const char* given = std::getenv("LAPILLI_DATA");
    return given ? given : LAPILLI_SOURCE_DIR "/../shared/data";
}

constexpr Shape shape{100, 100, 100};
const std::string stack = "SampleData_2Phase_stack_3d_";

} // namespace

TEST_CASE("one volume in five files of OpenImpala")
{
    const std::string folder = data_folder() + "/openimpala_100/";
    if (!std::filesystem::exists(folder)) {
        WARN("skipped: no folder " << folder);
        return;
    }
    const Labels u8 = read_all(folder + stack + "uint8.raw.gz", {.shape = shape, .type = VoxelType::u8});
    CHECK(std::count(u8.begin(), u8.end(), 1) == 399553);

    const Labels f32 = read_all(folder + stack + "float32le.raw.gz", {.shape = shape, .type = VoxelType::f32});
    CHECK(f32 == u8);
    CHECK(read_all(folder + "SampleData_2Phase_3d.hdf5") == u8);
    CHECK(read_all(folder + "SampleData_2Phase_3d.hdf5:/image") == u8);

    // The 16-bit file has the pores as 257 = 0x0101.
    Labels u16 = read_all(folder + stack + "uint16le.raw.gz", {.shape = shape, .type = VoxelType::u16});
    std::ranges::replace(u16, 257, 1);
    CHECK(u16 == u8);

    // The 1-bit file is another volume of the same material: 398309 pores as counted without libtiff.
    const auto reader = format::open_image(folder + stack + "1bit.tif", {});
    CHECK(reader->description().shape == shape);
    const Labels bits = read_planes(*reader, {0, 100});
    CHECK(std::count(bits.begin(), bits.end(), 1) == 398309);
    CHECK(std::count(bits.begin(), bits.end(), 0) == 1000000 - 398309);
}
