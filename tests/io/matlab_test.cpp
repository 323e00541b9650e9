// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "headed_files.hpp"
#include "support/catch.hpp"

using namespace lapilli;
using namespace lapilli::test;

TEST_CASE("a MAT-file of version 5 is read in all its types, packed or not, the first index as x")
{
    const ScratchFolder folder;
    const Labels labels = headed_labels();
    for (const bool big : {false, true})
        for (const bool packed : {false, true}) {
            CAPTURE(big, packed);
            const auto reads = [&](std::uint32_t kind, std::uint32_t stored, const std::string& voxels) {
                const auto path =
                    folder.write("a.mat", MatFile(big).add({"img", voxels, kind, stored, {5, 4, 3}, packed}).bytes());
                const auto reader = format::open_image(path, {});
                return reader->description().shape == headed_shape && read_planes(*reader, {0, 3}) == labels;
            };
            CHECK(reads(9, 2, voxel_bytes<std::uint8_t>(labels)));
            CHECK(reads(10, 3, voxel_bytes<std::int16_t>(labels, big)));
            CHECK(reads(11, 4, voxel_bytes<std::uint16_t>(labels, big)));
            CHECK(reads(12, 5, voxel_bytes<std::int32_t>(labels, big)));
            CHECK(reads(13, 6, voxel_bytes<std::uint32_t>(labels, big)));
            CHECK(reads(14, 12, voxel_bytes<std::int64_t>(labels, big)));
            CHECK(reads(15, 13, voxel_bytes<std::uint64_t>(labels, big)));
            CHECK(reads(7, 7, voxel_bytes<float>(labels, big)));
            CHECK(reads(6, 9, voxel_bytes<double>(labels, big)));
            CHECK(reads(6, 2, voxel_bytes<std::uint8_t>(labels))); // doubles that MATLAB keeps in one byte each
        }
}

TEST_CASE("of several variables the only image is read, or the one that is named")
{
    const ScratchFolder folder;
    const std::string one(60, '\1'), two(60, '\2');
    const auto path = folder.write("a.mat", MatFile()
                                                .add({"edge", number_bytes(5e-6), 6, 9, {1, 1}})
                                                .add({"note", "hello", 4, 16, {1, 5}})
                                                .add({"rock", one, 9, 2, {5, 4, 3}, true})
                                                .bytes());
    CHECK(read_all(path) == Labels(60, 1));
    CHECK_THAT(format::open_image(path, {})->description().remarks.at(0), mentions("first index of rock is taken as x"));
    CHECK_THROWS_WITH(read_all(path + ":note"), mentions("no array of real numbers"));
    const auto both = folder.write("b.mat", MatFile().add({"rock", one}).add({"grain", two, 9, 2, {5, 4, 3}, true}).bytes());
    CHECK(read_all(both + ":grain") == Labels(60, 2));
    CHECK_THROWS_WITH(read_all(both), mentions("b.mat:rock (3x4x5 u8), "));
    CHECK_THROWS_WITH(read_all(both + ":sand"), mentions("no array sand"));
    CHECK_THROWS_WITH(read_all(folder.write("c.mat", MatFile().add({"z", one, 9, 2, {5, 4, 3}, false, 0x800}).bytes())),
                      mentions("no three-dimensional array"));
    CHECK_THROWS_WITH(read_all(folder.write("d.mat", MatFile().add({"z", one, 9, 2, {500, 400, 300}}).bytes())),
                      mentions("cut off or is damaged"));
    CHECK_THROWS_WITH(read_all(folder.write("e.mat", MatFile().add({"z", one, 9, 2, {50000, 400, 300}, true}).bytes())),
                      mentions("too few to unpack"));
}

TEST_CASE("a MAT-file that is cut off or damaged anywhere is refused, or what its header says then")
{
    const ScratchFolder folder;
    const std::string voxels = voxel_bytes<std::uint8_t>(headed_labels());
    CHECK(survives_damage(folder, "a.mat", MatFile().add({"rock", voxels}).bytes(), 400));
    CHECK(survives_damage(folder, "b.mat", MatFile().add({"rock", voxels, 9, 2, {5, 4, 3}, true}).bytes(), 400));
}
