// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "headed_files.hpp"
#include "support/catch.hpp"

using namespace lapilli;
using namespace lapilli::test;

TEST_CASE("MetaImage is read in all its types and both orders of bytes")
{
    const ScratchFolder folder;
    const Labels labels = headed_labels();
    const auto reads = [&](const std::string& type, const std::string& voxels, const std::string& more = "") {
        return read_all(folder.write("a.mha", mha(type, more) + voxels)) == labels;
    };
    CHECK(reads("MET_UCHAR", voxel_bytes<std::uint8_t>(labels)));
    CHECK(reads("MET_SHORT", voxel_bytes<std::int16_t>(labels)));
    CHECK(reads("MET_USHORT", voxel_bytes<std::uint16_t>(labels, true), "BinaryDataByteOrderMSB = True\n"));
    CHECK(reads("MET_INT", voxel_bytes<std::int32_t>(labels, true), "ElementByteOrderMSB = True\n"));
    CHECK(reads("MET_UINT", voxel_bytes<std::uint32_t>(labels)));
    CHECK(reads("MET_LONG_LONG", voxel_bytes<std::int64_t>(labels)));
    CHECK(reads("MET_ULONG_LONG", voxel_bytes<std::uint64_t>(labels)));
    CHECK(reads("MET_FLOAT", voxel_bytes<float>(labels)));
    CHECK(reads("MET_DOUBLE", voxel_bytes<double>(labels)));
    CHECK(read_all(folder.write("b.mha", mha("MET_CHAR") + std::string(60, '\xff'))) == Labels(60, -1));
    const auto image = format::open_image(
        folder.write("a.mha", mha("MET_UCHAR", "ElementSpacing = 0.002 0.002 0.004\n") + voxel_bytes<std::uint8_t>(labels)),
        {});
    CHECK(image->description().shape == headed_shape);
    CHECK(image->description().format == "MetaImage u8");
    CHECK(image->description().voxel_edges_m == VoxelEdges{2e-6, 2e-6, 4e-6});
    CHECK_FALSE(image->streamed());
}

TEST_CASE("a spacing of 1 counts where MetaImage says its unit, and others are in that unit")
{
    const ScratchFolder folder;
    const auto edges = [&](const std::string& said) {
        return format::open_image(folder.write("a.mha", mha("MET_UCHAR", said) + std::string(60, '\1')), {})
            ->description()
            .voxel_edges_m;
    };
    CHECK_FALSE(edges("ElementSpacing = 1 1 1\n"));
    CHECK(edges("DistanceUnits = mm\nElementSpacing = 1 1 1\n") == VoxelEdges::cube(1e-3));
    CHECK(edges("DistanceUnits = um\nElementSpacing = 1 1 1\n") == VoxelEdges::cube(1e-6));
    CHECK(edges("DistanceUnits = ?\nElementSpacing = 2 2 2\n") == VoxelEdges::cube(2e-3));
    CHECK_FALSE(edges("DistanceUnits = mm\n"));
}

TEST_CASE("MetaImage packed by zlib, or with its voxels in a file beside, is read")
{
    const ScratchFolder folder;
    const std::string voxels = voxel_bytes<std::uint16_t>(headed_labels()), packed = zlib_packed(voxels);
    const std::string sized = "CompressedData = True\nCompressedDataSize = " + std::to_string(packed.size()) + "\n";
    CHECK(read_all(folder.write("a.mha", mha("MET_USHORT", sized) + packed + "\n")) == headed_labels());
    folder.write("a.zraw", packed);
    CHECK(read_all(folder.write("a.mhd", mha("MET_USHORT", "CompressedData = True\n", "a.zraw"))) == headed_labels());
    std::filesystem::create_directory(folder / "below");
    folder.write("below/a.raw", "header" + voxels);
    for (const char* skipped : {"6", "-1"})
        CHECK(read_all(folder.write("b.mhd", mha("MET_USHORT", std::string("HeaderSize = ") + skipped + "\n",
                                                 "below/a.raw"))) == headed_labels());
    CHECK(read_all(folder.write("c.mha", mha("MET_USHORT", "", "LOCAL", "20 3") + voxels)) == headed_labels());
    CHECK(read_all(folder.write("d.mha", mha("MET_USHORT", "", "LOCAL", "5 4 3 1") + voxels)) == headed_labels());
}

TEST_CASE("MetaImage that is not read is refused for what it is")
{
    const ScratchFolder folder;
    const auto refuses = [&](const std::string& text, const char* reason) {
        const Error error = error_of_opening(folder.write("a.mha", text + std::string(60, '\0')));
        CHECK(error.code() == ExitCode::wrong_input);
        CHECK_THAT(error.what(), mentions(reason));
    };
    refuses(mha("MET_UCHAR", "ElementNumberOfChannels = 3\n"), "has 3 channels");
    refuses(mha("MET_UCHAR_ARRAY"), "type 'MET_UCHAR_ARRAY'");
    refuses(mha("MET_UCHAR", "", "LOCAL", "5 4 3 2"), "array of 5x4x3x2");
    refuses(mha("MET_UCHAR", "", "LOCAL", "60"), "array of 60");
    refuses(mha("MET_UCHAR", "", "LOCAL", "5 4 -3"), "array of 5x4x-3");
    refuses(mha("MET_UCHAR", "", "LOCAL", "5 4 4"), "cut off or is damaged");
    refuses(mha("MET_UCHAR", "", "LIST"), "a file for each plane");
    refuses(mha("MET_UCHAR", "", "slice%03d.raw 1 3 1"), "a file for each plane");
    refuses(mha("MET_UCHAR", "", "missing.raw"), "missing.raw, which is not there");
    refuses(mha("MET_UCHAR", "", "/etc/passwd"), "must lie beside");
    refuses(mha("MET_UCHAR", "", "../a.raw"), "must lie beside");
    refuses(mha("MET_UCHAR", "CompressedData = True\n", "LOCAL", "100000 100000 100"), "too few to unpack");
    refuses(mha("MET_DOUBLE", "", "LOCAL", "1048576 1048576 1048576"), "more than any file");
    refuses("ObjectType = Image\nDimSize = 5 4 3\nElementType = MET_UCHAR\n", "where its voxels lie");
    refuses("ObjectType = Image\nDimSize = 5 4 3\nElementType = MET_UCHAR\nBinaryData = False\nElementDataFile = LOCAL\n",
            "in words");
}

TEST_CASE("MetaImage that is cut off or damaged anywhere is refused, or what its header says then")
{
    const ScratchFolder folder;
    const std::string header = mha("MET_UCHAR", "CompressedData = True\n");
    CHECK(survives_damage(folder, "a.mha", header + zlib_packed(voxel_bytes<std::uint8_t>(headed_labels())), 1000));
    CHECK(survives_damage(folder, "b.mha", mha("MET_UCHAR") + voxel_bytes<std::uint8_t>(headed_labels()), 1000));
}
