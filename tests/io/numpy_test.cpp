// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "headed_files.hpp"
#include "support/catch.hpp"

using namespace lapilli;
using namespace lapilli::test;

TEST_CASE("NumPy's .npy is read in all its types, orders of bytes and versions")
{
    const ScratchFolder folder;
    const Labels labels = headed_labels();
    const auto reads = [&](const std::string& bytes) { return read_all(folder.write("a.npy", bytes)) == labels; };
    CHECK(reads(npy("'|u1'", voxel_bytes<std::uint8_t>(labels))));
    CHECK(reads(npy("'<u2'", voxel_bytes<std::uint16_t>(labels), "(3, 4, 5)", false, 2)));
    CHECK(reads(npy("'>i2'", voxel_bytes<std::int16_t>(labels, true), "(3, 4, 5)", false, 3)));
    CHECK(reads(npy("'>u4'", voxel_bytes<std::uint32_t>(labels, true))));
    CHECK(reads(npy("'<i4'", voxel_bytes<std::int32_t>(labels))));
    CHECK(reads(npy("'<u8'", voxel_bytes<std::uint64_t>(labels))));
    CHECK(reads(npy("'>i8'", voxel_bytes<std::int64_t>(labels, true))));
    CHECK(reads(npy("'<f4'", voxel_bytes<float>(labels))));
    CHECK(reads(npy("'>f8'", voxel_bytes<double>(labels, true))));
    CHECK(reads(npy("'|u1'", voxel_bytes<std::uint8_t>(labels), "(1, 3L, 4L, 5L)")));
    CHECK(reads(npy("'|u1'", voxel_bytes<std::uint8_t>(labels), "(12, 5)")));
    CHECK(read_all(folder.write("b.npy", npy("'|b1'", std::string(60, '\1')))) == Labels(60, 1));
    CHECK(read_all(folder.write("b.npy", npy("'|i1'", std::string(60, '\xff')))) == Labels(60, -1));
    CHECK(format::open_image(folder / "a.npy", {})->description().format == "NumPy u8");
}

TEST_CASE("the record beside a .npy says the voxel size, which NumPy does not, if it is about that shape")
{
    const ScratchFolder folder;
    const auto path = folder.write("a.npy", npy("'|u1'", voxel_bytes<std::uint8_t>(headed_labels())));
    folder.write("a.npy.json", R"({"image": {"shape": [3, 4, 5], "type": "u8", "voxel_size_m": [4e-6, 2e-6, 3e-6]}})");
    const auto image = format::open_image(path, {})->description();
    CHECK(image.voxel_edges_m == VoxelEdges{3e-6, 2e-6, 4e-6});
    CHECK_THAT(image.voxel_remarks.at(0), mentions("is taken from a.npy.json"));
    folder.write("a.npy.json", R"({"image": {"shape": [3, 5, 4], "type": "u8", "voxel_size_m": 2e-6}})");
    CHECK_FALSE(format::open_image(path, {})->description().voxel_edges_m);
}

TEST_CASE("an array in Fortran's order is the same image, of which one process reads all")
{
    const ScratchFolder folder;
    const Labels all = headed_labels();
    const auto path =
        folder.write("a.npy", npy("'>u2'", voxel_bytes<std::uint16_t>(turned(all, headed_shape), true), "(3, 4, 5)", true));
    const auto reader = format::open_image(path, {});
    CHECK(reader->description().shape == headed_shape);
    CHECK(reader->streamed());
    CHECK(read_planes(*reader, {0, 1}) == Labels(all.begin(), all.begin() + 20));
    const auto rest = read_planes(*reader, {1, 3});
    CHECK(rest == Labels(all.begin() + 20, all.end()));
    const Shape large{3, 3000, 4000}; // needs two passes
    const Labels labels = counted(large.voxels(), 65521);
    CHECK(read_all(folder.write(
              "b.npy", npy("'<i4'", voxel_bytes<std::int32_t>(turned(labels, large)), "(3, 3000, 4000)", true))) == labels);
}

TEST_CASE("NumPy's .npz is read, stored and packed, by the name of an array if there are several")
{
    const ScratchFolder folder;
    const std::string image = npy("'<u2'", voxel_bytes<std::uint16_t>(headed_labels()));
    const std::string fortran =
        npy("'<u2'", voxel_bytes<std::uint16_t>(turned(headed_labels(), headed_shape)), "(3, 4, 5)", true);
    const std::string line = npy("'<f8'", voxel_bytes<double>({1, 2}), "(2,)");
    for (const bool packed : {false, true})
        for (const bool wide : {false, true}) {
            CAPTURE(packed, wide);
            CHECK(read_all(folder.write("a.npz", zip({{"line.npy", line}, {"im.npy", image}}, packed, wide))) ==
                  headed_labels());
            const auto path = folder.write(
                "b.npz", zip({{"one.npy", npy("'|u1'", std::string(60, '\2'))}, {"two.npy", fortran}}, packed, wide));
            CHECK(read_all(path + ":two") == headed_labels());
            CHECK(read_all(path + ":one") == Labels(60, 2));
            CHECK_THROWS_WITH(read_all(path), mentions("holds 2 arrays") && mentions("b.npz:one (3x4x5 u8), "));
            CHECK_THROWS_WITH(read_all(path + ":three"), mentions("no array three"));
        }
    CHECK_THROWS_WITH(read_all(folder.write("c.npz", zip({{"line.npy", line}}, false))),
                      mentions("no three-dimensional array"));
    CHECK_THROWS_WITH(read_all(folder / "c.npz:line"), mentions("is an array of 2 <f8"));
    CHECK_THROWS_WITH(read_all(folder.write("d.zip", zip({{"a.txt", "a"}}, false))), mentions("without arrays of NumPy"));
    CHECK_THROWS_WITH(read_all(folder.write("e.npz", zip({{"im.npy", image}}, false).substr(0, 200))),
                      mentions("no list of its members"));
}

TEST_CASE("a byte of .npz that has changed is noticed by the checksum, in packed arrays and in others")
{
    const ScratchFolder folder;
    for (const bool fortran : {false, true}) {
        const std::string array = npy("'|u1'", std::string(60, '\3'), "(3, 4, 5)", fortran);
        std::string stored = zip({{"im.npy", array}}, false);
        CHECK(read_all(folder.write("a.npz", stored)) == Labels(60, 3));
        stored[stored.find(std::string(60, '\3')) + 59] = '\4';
        CHECK_THROWS_WITH(read_all(folder.write("a.npz", stored)), mentions("do not have their checksum"));
        std::string other = zip({{"im.npy", array}}, true);
        other[other.rfind("PK\1\2") + 16] ^= 1; // of the checksum in the list
        CHECK_THROWS_WITH(read_all(folder.write("b.npz", other)), mentions("do not have their checksum"));
    }
}

TEST_CASE("arrays of NumPy that are no image are refused for what they are")
{
    const ScratchFolder folder;
    const auto refuses = [&](const std::string& bytes, const char* reason) {
        const Error error = error_of_opening(folder.write("a.npy", bytes));
        CHECK(error.code() == ExitCode::wrong_input);
        CHECK_THAT(error.what(), mentions(reason));
    };
    const std::string voxels(60, '\0');
    refuses(npy("'<f2'", voxels + voxels), "type '<f2'");
    refuses(npy("'<c8'", voxels), "type '<c8'");
    refuses(npy("[('a', '<u2'), ('b', '<u2')]", voxels), "which is not read");
    refuses(npy("'|u1'", voxels, "(60,)"), "array of 60");
    refuses(npy("'|u1'", voxels, "()"), "array of no");
    refuses(npy("'|u1'", voxels, "(3, 4, 5, 3)"), "array of 3x4x5x3");
    refuses(npy("'|u1'", voxels, "(4, 4, 5)"), "cut off or is damaged");
    refuses(npy("'|u1'", voxels, "(4000000, 4, 5)"), "array of 4000000x4x5");
    refuses("\x93NUMPY\x09", "no .npy of version");
    refuses(npy("'|u1'", voxels).substr(0, 50), "ends within its header");
}

TEST_CASE("files of NumPy that are cut off or damaged anywhere are refused, or what their header says then")
{
    const ScratchFolder folder;
    const std::string array = npy("'|u1'", voxel_bytes<std::uint8_t>(headed_labels()));
    CHECK(survives_damage(folder, "a.npy", array, 200));
    CHECK(survives_damage(folder, "a.npz", zip({{"a.npy", array}}, true, true), 1000));
}
