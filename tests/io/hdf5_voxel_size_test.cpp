// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "hdf5.hpp"
#include "support/catch.hpp"

#include <optional>
#include <utility>

using namespace lapilli;
using namespace lapilli::test;

TEST_CASE("the attribute voxel_size_m of the dataset or the file is the voxel size")
{
    const ScratchFolder folder;
    const auto described = [&](const char* object, const std::vector<double>& values) {
        {
            const Hdf5File file(folder / "a.h5");
            write_u8(file, "image");
            file.attribute(object, "voxel_size_m", values);
        }
        return format::open_image(folder / "a.h5", {})->description();
    };
    CHECK(described("image", {5.345e-6}).voxel_edges_m == VoxelEdges::cube(5.345e-6));
    CHECK(described("/", {5.345e-6}).voxel_edges_m == VoxelEdges::cube(5.345e-6));
    CHECK(described("image", {2e-6, 2e-6, 2e-6}).voxel_edges_m == VoxelEdges::cube(2e-6));
    const auto flat = described("image", {4e-6, 2e-6, 2e-6});
    CHECK(flat.voxel_edges_m == VoxelEdges{.x = 2e-6, .y = 2e-6, .z = 4e-6});
    CHECK_FALSE(described("image", {-1}).voxel_edges_m);
}

TEST_CASE("the voxel size of other programs is read where its unit is known, and told where it is not")
{
    const ScratchFolder folder;
    using Numbers = std::vector<std::pair<const char*, std::vector<double>>>;
    const auto described = [&](const char* object, const Numbers& numbers, const char* of_unit = nullptr,
                               const char* unit = "", bool fixed = true) {
        {
            const Hdf5File file(folder / "a.h5");
            write_u8(file, "scan/image");
            for (const auto& [name, values] : numbers) file.attribute(object, name, values);
            if (of_unit != nullptr) file.words(object, of_unit, unit, fixed);
        }
        return format::open_image(folder / "a.h5", {})->description();
    };
    const VoxelEdges flat{.x = 2e-6, .y = 2e-6, .z = 4e-6};
    const auto near = [](const std::optional<VoxelEdges>& found, const VoxelEdges& wanted) {
        return found && found->x == Approx(wanted.x) && found->y == Approx(wanted.y) && found->z == Approx(wanted.z);
    };
    for (const char* object : {"scan/image", "scan", "/"}) {
        CHECK(near(described(object, {{"element_size_um", {4, 2, 2}}}).voxel_edges_m, flat));
        for (const char* of_unit : {"unit", "units", "voxel_size_unit"})
            for (const bool fixed : {true, false})
                CHECK(near(described(object, {{"voxel_size", {4, 2, 2}}}, of_unit, "um", fixed).voxel_edges_m, flat));
        CHECK(near(described(object, {{"resolution", {2000}}}, "resolution_unit", "nm").voxel_edges_m,
                   VoxelEdges::cube(2e-6)));
    }
    for (const char* unit : {"", "1/um", "furlong"}) {
        const auto odd = described("scan/image", {{"resolution", {40, 4, 4}}}, "unit", unit);
        CHECK_FALSE(odd.voxel_edges_m);
        REQUIRE(odd.voxel_remarks.size() == 1);
        CHECK_THAT(odd.voxel_remarks[0], mentions("resolution gives 40 x 4 x 4 (z, y, x)") && mentions("not known"));
        CHECK_THAT(odd.voxel_remarks[0], mentions(*unit == 0 ? "without a unit" : unit));
    }
    const auto torn = described("scan/image", {{"element_size_um", {4, 2, 2}}, {"voxel_size_m", {2e-6}}});
    CHECK_FALSE(torn.voxel_edges_m);
    REQUIRE(torn.voxel_remarks.size() == 1);
    CHECK_THAT(torn.voxel_remarks[0], mentions("voxel_size_m says voxels of 2 µm, but element_size_um says"));
    CHECK(described("scan/image", {{"element_size_um", {2}}, {"voxel_size_m", {2e-6}}}).voxel_edges_m ==
          VoxelEdges::cube(2e-6));
    CHECK(described("scan/image", {{"voxel_size", {4, 2, 2}}}, "unit", "pixel").voxel_remarks.empty());
}

TEST_CASE("coordinates of netCDF-4 and attributes of Mango say the voxel size where they have a unit")
{
    const ScratchFolder folder;
    const auto described = [&](const char* unit, const std::vector<const char*>& axes) {
        {
            const Hdf5File file(folder / "a.nc");
            write_u8(file, "image");
            for (const auto& [axis, step] : {std::pair{"z", 4.}, {"y", -3.}, {"x", 2.}}) {
                const std::vector<double> places{7, 7 + step, 7 + 2 * step};
                file.dataset(axis, {3}, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, places.data());
                file.words(axis, "units", unit, true);
            }
            file.coordinates("image", axes);
        }
        return format::open_image(folder / "a.nc", {})->description();
    };
    const VoxelEdges edges{.x = 2e-6, .y = 3e-6, .z = 4e-6};
    CHECK(described("um", {"z", "y", "x"}).voxel_edges_m == edges);
    CHECK_FALSE(described("seconds", {"z", "y", "x"}).voxel_edges_m);
    CHECK_FALSE(described("um", {"image", "y", "x"}).voxel_edges_m);
    CHECK_FALSE(described("um", {"y", "x"}).voxel_edges_m);
    {
        const Hdf5File file(folder / "b.nc");
        write_u8(file, "image");
        file.attribute("/", "voxel_size_xyz", {2, 3, 4});
        file.words("/", "voxel_unit", "um", true);
    }
    CHECK(format::open_image(folder / "b.nc", {})->description().voxel_edges_m == edges);
}
