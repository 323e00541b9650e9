// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scan/file_values.hpp"
#include "support/catch.hpp"
#include "support/shared_folder.hpp"

#include <fstream>
#include <limits>

using namespace lapilli;
using namespace lapilli::scan;
using parallel::Communicator;

TEST_CASE("the values of a file are described, also where they are no grey levels")
{
    const auto world = Communicator::world();
    const test::SharedFolder folder(world);
    const auto look = [&](std::vector<float> voxels) {
        const auto path = folder.path() + "/values.raw";
        if (world.is_root())
            std::ofstream(path, std::ios::binary)
                .write(reinterpret_cast<const char*>(voxels.data()), static_cast<std::streamsize>(4 * voxels.size()));
        world.barrier();
        const auto values = read_values(
            world,
            {path, {.shape = Shape{static_cast<std::int64_t>(voxels.size()) / 2, 1, 2}, .type = format::VoxelType::f32}});
        world.barrier();
        return values;
    };
    constexpr float infinity = std::numeric_limits<float>::infinity();
    std::vector<float> voxels(80, 0.5F);
    const auto flat = look(voxels);
    CHECK_FALSE(flat.segmentable());
    CHECK(flat.range->least == 0.5);
    voxels[70] = -2;
    const auto two = look(voxels);
    CHECK(two.segmentable());
    CHECK(two.digest != flat.digest);
    voxels[3] = std::numeric_limits<float>::quiet_NaN();
    voxels[79] = infinity;
    const auto holes = look(voxels);
    CHECK_FALSE(holes.segmentable());
    CHECK(holes.not_finite == 2);
    CHECK(holes.range->least == -2);
    CHECK(holes.range->largest == 0.5);
    CHECK_FALSE(look({infinity, -infinity}).range.has_value());
}
