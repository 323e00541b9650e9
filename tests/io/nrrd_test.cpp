// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "gzip.hpp"
#include "headed_files.hpp"
#include "support/catch.hpp"

using namespace lapilli;
using namespace lapilli::test;

namespace {

format::ImageDescription nrrd_look(const ScratchFolder& folder, const std::string& more)
{
    return format::open_image(folder.write("a.nrrd", nrrd_of("uint8", "raw", more) + std::string(60, '\1')), {})
        ->description();
}

} // namespace

TEST_CASE("NRRD is read in all its types, by all their names")
{
    const ScratchFolder folder;
    const Labels labels = headed_labels();
    const auto reads = [&](std::initializer_list<const char*> types, const std::string& voxels,
                           const std::string& more = "") {
        for (const char* type : types) {
            CAPTURE(type);
            CHECK(read_all(folder.write("a.nrrd", nrrd_of(type, "raw", more) + voxels)) == labels);
        }
    };
    reads({"uchar", "unsigned char", "uint8", "uint8_t"}, voxel_bytes<std::uint8_t>(labels));
    reads({"short", "short int", "signed short", "signed short int", "int16", "int16_t"}, voxel_bytes<std::int16_t>(labels));
    reads({"ushort", "unsigned short", "unsigned short int", "uint16"}, voxel_bytes<std::uint16_t>(labels, true),
          "endian: big\n");
    reads({"int", "signed int", "int32", "int32_t"}, voxel_bytes<std::int32_t>(labels), "endian: little\n");
    reads({"uint", "unsigned int", "uint32"}, voxel_bytes<std::uint32_t>(labels));
    reads({"longlong", "long long", "long long int", "signed long long", "int64"}, voxel_bytes<std::int64_t>(labels));
    reads({"ulonglong", "unsigned long long", "unsigned long long int", "uint64_t"}, voxel_bytes<std::uint64_t>(labels));
    reads({"float"}, voxel_bytes<float>(labels));
    reads({"double"}, voxel_bytes<double>(labels, true), "endian: big\n");
    for (const char* type : {"signed char", "int8", "int8_t"})
        CHECK(read_all(folder.write("b.nrrd", nrrd_of(type) + std::string(60, '\xff'))) == Labels(60, -1));
}

TEST_CASE("NRRD packed by gzip or bzip2, attached or beside, is read")
{
    const ScratchFolder folder;
    const std::string voxels = voxel_bytes<std::uint16_t>(headed_labels());
    CHECK(read_all(folder.write("a.nrrd", nrrd_of("uint16", "gzip") + gzip(voxels))) == headed_labels());
    CHECK(read_all(folder.write("a.nrrd", nrrd_of("uint16", "gz", "byte skip: 3\n") + gzip("abc" + voxels))) ==
          headed_labels());
    CHECK(read_all(folder.write("a.nrrd", nrrd_of("uint16", "bzip2") + bzip2(voxels))) == headed_labels());
    folder.write("a.raw", "abc" + voxels);
    folder.write("a.raw.gz", gzip(voxels));
    for (const char* skipped : {"byte skip: 3\n", "byte skip: -1\n"})
        CHECK(read_all(folder.write("a.nhdr", nrrd_of("uint16", "raw", std::string("data file: ./a.raw\n") + skipped))) ==
              headed_labels());
    CHECK(read_all(folder.write("a.nhdr", nrrd_of("uint16", "gzip", "datafile: a.raw.gz\n"))) == headed_labels());
    std::string dos = nrrd_of("uint16");
    for (std::size_t at = 0; (at = dos.find('\n', at)) != std::string::npos; at += 2) dos.replace(at, 1, "\r\n");
    CHECK(read_all(folder.write("a.nrrd", dos + voxels)) == headed_labels());
}

TEST_CASE("NRRD says how large voxels are by spacings or directions, wherever its axes point")
{
    const ScratchFolder folder;
    const VoxelEdges edges{2e-6, 3e-6, 4e-6};
    CHECK(nrrd_look(folder, "spacings: 2 3 4\nunits: \"um\" \"um\" \"um\"\n").voxel_edges_m == edges);
    CHECK(nrrd_look(folder,
                    "space dimension: 3\nspace directions: (2,0,0) (0,3,0) (0,0,4)\nspace units: \"µm\" \"µm\" \"µm\"\n")
              .voxel_edges_m == edges);
    CHECK(nrrd_look(folder, "space: left-posterior-superior\nspace directions: (0.002,0,0) (0,-0.003,0) (0,0,0.004)\n")
              .voxel_edges_m == edges);
    const auto turned_axes =
        nrrd_look(folder, "space: left-posterior-superior\nspace directions: (0,0.002,0) (0.003,0,0) (0,0,0.004)\n");
    CHECK(turned_axes.voxel_edges_m == edges);
    REQUIRE(turned_axes.voxel_remarks.size() == 1);
    CHECK_THAT(turned_axes.voxel_remarks[0], mentions("x, y and z are the axes of the file"));
    const auto sheared =
        nrrd_look(folder, "space: left-posterior-superior\nspace directions: (0.002,0.001,0) (0,0.003,0) (0,0,0.004)\n");
    CHECK_FALSE(sheared.voxel_edges_m);
    CHECK(sheared.voxel_remarks.size() == 1);
    for (const char* nothing :
         {"spacings: 1 1 1\n", "space: left-posterior-superior\nspace directions: (1,0,0) (0,1,0) (0,0,1)\n", ""}) {
        CHECK_FALSE(nrrd_look(folder, nothing).voxel_edges_m);
        CHECK(nrrd_look(folder, nothing).voxel_remarks.empty());
    }
    for (const char* odd : {"spacings: 2 2 2\n", "spacings: 2 2 2\nunits: \"furlong\" \"furlong\" \"furlong\"\n"}) {
        CHECK_FALSE(nrrd_look(folder, odd).voxel_edges_m);
        CHECK(nrrd_look(folder, odd).voxel_remarks.size() == 1);
    }
}

TEST_CASE("NRRD that is not read is refused for what it is")
{
    const ScratchFolder folder;
    const auto refuses = [&](const std::string& text, const char* reason) {
        const Error error = error_of_opening(folder.write("a.nrrd", text + std::string(60, '\0')));
        CHECK(error.code() == ExitCode::wrong_input);
        CHECK_THAT(error.what(), mentions(reason));
    };
    refuses(nrrd_of("uint8", "ascii"), "encoding 'ascii'");
    refuses(nrrd_of("block"), "type 'block'");
    refuses(nrrd_of("uint8", "raw", "", "3 5 4 3"), "array of 3x5x4x3");
    refuses(nrrd_of("uint8", "raw", "", "5 4 4"), "cut off or is damaged");
    refuses(nrrd_of("uint8", "raw", "data file: LIST\n"), "a file for each plane");
    refuses(nrrd_of("uint8", "raw", "data file: a%d.raw 1 3 1\n"), "a file for each plane");
    refuses(nrrd_of("uint8", "raw", "data file: gone.raw\n"), "gone.raw, which is not there");
    refuses(nrrd_of("uint8", "raw", "line skip: 2\n"), "skips lines");
    refuses(nrrd_of("uint8", "raw", "byte skip: 9223372036854775807\n"), "begin behind them");
    refuses(nrrd_of("uint8", "raw", "byte skip: -1\n", "50 40 30"), "says that 30x40x50 voxels");
    refuses(nrrd_of("uint8", "raw", "space directions: " + std::string(500000, '(') + "\n", "5 4 4"),
            "cut off or is damaged");
    refuses(nrrd_of("uint8", "bzip2", "", "100000 100000 100000"), "too few to unpack");
}

TEST_CASE("NRRD that is cut off or damaged anywhere is refused, or what its header says then")
{
    const ScratchFolder folder;
    const std::string voxels = voxel_bytes<std::uint8_t>(headed_labels());
    CHECK(survives_damage(folder, "a.nrrd", nrrd_of("uint8", "gzip", "spacings: 2 2 2\n") + gzip(voxels), 1000));
    CHECK(survives_damage(folder, "b.nrrd", nrrd_of("uint8", "raw", "space directions: (2,0,0) (0,3,0) (0,0,4)\n") + voxels,
                          1000));
}
