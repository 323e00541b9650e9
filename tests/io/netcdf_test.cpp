// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "headed_files.hpp"
#include "support/catch.hpp"

using namespace lapilli;
using namespace lapilli::test;

namespace {

std::string coordinates(const std::vector<double>& values)
{
    std::string bytes;
    for (const double value : values) bytes += number_bytes(value, true);
    return bytes;
}

} // namespace

TEST_CASE("netCDF-3 of its three versions is read in all its types")
{
    const ScratchFolder folder;
    const Labels labels = headed_labels();
    for (const int version : {1, 2, 5}) {
        CAPTURE(version);
        const auto reads = [&](std::uint32_t type, const std::string& voxels) {
            const NetcdfFile file{.version = version, .variables = {{"rock", {0, 1, 2}, type, voxels}}};
            return read_all(folder.write("a.nc", file.bytes())) == labels;
        };
        CHECK(reads(3, voxel_bytes<std::int16_t>(labels, true)));
        CHECK(reads(4, voxel_bytes<std::int32_t>(labels, true)));
        CHECK(reads(5, voxel_bytes<float>(labels, true)));
        CHECK(reads(6, voxel_bytes<double>(labels, true)));
        if (version != 5) continue;
        CHECK(reads(7, voxel_bytes<std::uint8_t>(labels)));
        CHECK(reads(8, voxel_bytes<std::uint16_t>(labels, true)));
        CHECK(reads(9, voxel_bytes<std::uint32_t>(labels, true)));
        CHECK(reads(10, voxel_bytes<std::int64_t>(labels, true)));
        CHECK(reads(11, voxel_bytes<std::uint64_t>(labels, true)));
    }
    NetcdfFile file;
    file.variables = {{"rock", {0, 1, 2}, 1, std::string(60, '\xff')}};
    CHECK(read_all(folder.write("b.nc", file.bytes())) == Labels(60, -1));
    file.variables[0].attributes = file.texts({{"_Unsigned", "true"}});
    CHECK(read_all(folder.write("b.nc", file.bytes())) == Labels(60, 255));
}

TEST_CASE("netCDF-3 says how large voxels are as Mango does, or by coordinates with a unit")
{
    const ScratchFolder folder;
    NetcdfFile file;
    const auto look = [&] { return format::open_image(folder.write("a.nc", file.bytes()), {})->description(); };
    const NetcdfFile::Variable rock{"rock", {0, 1, 2}, 1, std::string(60, '\1')};
    file.variables = {rock};
    CHECK_FALSE(look().voxel_edges_m);
    file.attributes = file.texts({{"voxel_size_xyz", "2.0, 2.0, 4.0"}, {"voxel_unit", "um"}});
    CHECK(look().voxel_edges_m == VoxelEdges{2e-6, 2e-6, 4e-6});
    file.attributes = file.numbers("voxel_size_xyz", {2, 2, 4});
    CHECK_FALSE(look().voxel_edges_m);
    CHECK(look().voxel_remarks.size() == 1);
    file.attributes.clear();
    const auto along = [&](const char* name, std::uint32_t axis, const std::string& values, const char* unit) {
        return NetcdfFile::Variable{name, {axis}, 6, values, file.texts({{"units", unit}})};
    };
    file.variables = {along("z", 0, coordinates({1, 5, 9}), "um"), along("y", 1, coordinates({0, 2, 4, 6}), "um"),
                      along("x", 2, coordinates({8, 6, 4, 2, 0}), "micrometers"), rock};
    CHECK(look().voxel_edges_m == VoxelEdges{2e-6, 2e-6, 4e-6});
    file.variables[1] = along("y", 1, coordinates({0, 2, 4, 6}), "degrees");
    CHECK_FALSE(look().voxel_edges_m);
}

TEST_CASE("variables of netCDF-3 are named where there are several, and records are read where nothing lies between")
{
    const ScratchFolder folder;
    const std::string voxels = voxel_bytes<std::int16_t>(headed_labels(), true);
    NetcdfFile file{.variables = {{"rock", {0, 1, 2}, 3, voxels},
                                  {"grain", {0, 1, 2}, 1, std::string(60, '\2')},
                                  {"note", {2}, 2, "hello"}}};
    const auto path = folder.write("a.nc", file.bytes());
    CHECK(read_all(path + ":rock") == headed_labels());
    CHECK(read_all(path + ":grain") == Labels(60, 2));
    CHECK_THROWS_WITH(read_all(path), mentions("2 arrays") && mentions("a.nc:rock (3x4x5 i16)"));
    CHECK_THROWS_WITH(read_all(path + ":note"), mentions("array of 5 letters"));
    file.dimensions[0].second = 0;
    file.records = 3;
    CHECK_THROWS_WITH(read_all(folder.write("b.nc", file.bytes()) + ":rock"), mentions("between others"));
    file.variables.resize(1);
    CHECK(read_all(folder.write("c.nc", file.bytes())) == headed_labels());
}

TEST_CASE("netCDF-3 that is cut off or damaged anywhere is refused, or what its header says then")
{
    const ScratchFolder folder;
    for (const int version : {1, 5}) {
        NetcdfFile file{.version = version,
                        .variables = {{"rock", {0, 1, 2}, 1, voxel_bytes<std::uint8_t>(headed_labels())}}};
        file.attributes = file.texts({{"voxel_size_xyz", "2, 2, 4"}, {"voxel_unit", "um"}});
        CHECK(survives_damage(folder, "a.nc", file.bytes(), 1000));
        if (version == 5)
            CHECK_THROWS_WITH(read_all(folder.write("a.nc", file.header(std::size_t{1} << 63) + file.variables[0].data)),
                              mentions("before the file"));
        file.variables[0].dimensions = {0, 1, 7};
        CHECK_THROWS_AS(read_all(folder.write("b.nc", file.bytes())), Error);
    }
}
