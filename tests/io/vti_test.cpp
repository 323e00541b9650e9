// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "headed_files.hpp"
#include "support/catch.hpp"

using namespace lapilli;
using namespace lapilli::test;

TEST_CASE("a .vti is read appended and inline, raw and base64, packed and not, of cells and points")
{
    const ScratchFolder folder;
    for (const bool packed : {false, true})
        for (const auto& [as_base64, as_inline] : {std::pair{false, false}, {true, false}, {false, true}})
            for (const bool of_points : {false, true})
                for (const bool wide : {false, true}) {
                    CAPTURE(packed, as_base64, as_inline, of_points, wide);
                    const VtiSpec spec{.packed = packed,
                                       .base64 = as_base64,
                                       .inline_data = as_inline,
                                       .of_points = of_points,
                                       .big_endian = wide,
                                       .wide = wide};
                    const auto path = folder.write("a.vti", vti(spec, voxel_bytes<std::uint16_t>(headed_labels(), wide)));
                    const auto reader = format::open_image(path, {});
                    CHECK(reader->description().shape == headed_shape);
                    CHECK(reader->streamed() == (packed || as_base64 || as_inline));
                    CHECK(read_planes(*reader, {0, 3}) == headed_labels());
                    CHECK(read_all(path + ":labels") == headed_labels());
                    CHECK_THROWS_WITH(read_all(path + ":velocity"), mentions("has 3 components"));
                }
}

TEST_CASE("a .vti is read in all its types")
{
    const ScratchFolder folder;
    const Labels labels = headed_labels();
    for (const auto& [type, voxels] : {std::pair<std::string, std::string>{"UInt8", voxel_bytes<std::uint8_t>(labels)},
                                       {"Int16", voxel_bytes<std::int16_t>(labels)},
                                       {"UInt32", voxel_bytes<std::uint32_t>(labels)},
                                       {"Int32", voxel_bytes<std::int32_t>(labels)},
                                       {"UInt64", voxel_bytes<std::uint64_t>(labels)},
                                       {"Int64", voxel_bytes<std::int64_t>(labels)},
                                       {"Float32", voxel_bytes<float>(labels)},
                                       {"Float64", voxel_bytes<double>(labels)}}) {
        CAPTURE(type);
        CHECK(read_all(folder.write("a.vti", vti({.type = type}, voxels))) == labels);
    }
}

TEST_CASE("the Spacing of a .vti is taken where it can only be metres, which is told")
{
    const ScratchFolder folder;
    const auto look = [&](const std::string& spacing) {
        return format::open_image(folder.write("a.vti", vti({.spacing = spacing, .type = "UInt8"}, std::string(60, '\1'))),
                                  {})
            ->description();
    };
    CHECK(look("2e-6 2e-6 4e-6").voxel_edges_m == VoxelEdges{2e-6, 2e-6, 4e-6});
    CHECK_THAT(look("2e-6 2e-6 4e-6").voxel_remarks.at(0), mentions("taken as metres"));
    CHECK_FALSE(look("5 5 5").voxel_edges_m);
    CHECK_THAT(look("5 5 5").voxel_remarks.at(0), mentions("without a unit"));
    CHECK_FALSE(look("0.005 0.005 0.005").voxel_edges_m);
    CHECK_FALSE(look("0 0 0").voxel_edges_m);
    CHECK(look("1 1 1").voxel_remarks.empty());

    std::string own = vti({.spacing = "1 1 1", .type = "UInt8"}, std::string(60, '\1'));
    own.insert(own.find("<Piece"), "<FieldData><DataArray Name=\"voxel_size_m\"/></FieldData>\n");
    const auto image = format::open_image(folder.write("b.vti", own), {})->description();
    CHECK(image.voxel_edges_m == VoxelEdges::cube(1));
    CHECK(image.voxel_remarks.empty());
}

TEST_CASE("files of VTK that are not read are refused for what they are")
{
    const ScratchFolder folder;
    const std::string good = vti({}, voxel_bytes<std::uint16_t>(headed_labels()));
    const auto refuses = [&](const std::string& old, const std::string& other, const char* reason) {
        std::string text = good;
        const Error error = error_of_opening(folder.write("a.vti", text.replace(text.find(old), old.size(), other)));
        CHECK(error.code() == ExitCode::wrong_input);
        CHECK_THAT(error.what(), mentions(reason));
    };
    refuses("\"ImageData\"", "\"UnstructuredGrid\"", "holds UnstructuredGrid of VTK");
    refuses("header_type", "compressor=\"vtkLZ4DataCompressor\" header_type", "packed by vtkLZ4DataCompressor");
    refuses("<Piece ", "<Piece/><Piece ", "several pieces");
    refuses("Name=\"labels\" format=\"appended\"", "Name=\"labels\" format=\"ascii\"", "no three-dimensional array");
    refuses("<CellData>", "<CellData", "no XML that can be read");
    refuses("<Piece Extent=\"2 7 0 4 0 3\"", "<Piece Extent=\"2 7 0 4 0 4\"", "cut off or is damaged");
    refuses("<Piece Extent=\"2 7 0 4 0 3\"", "<Piece Extent=\"2 7 0 4\"", "no three-dimensional array");
    refuses("offset=\"0\"", "offset=\"0\"/><DataArray type=\"UInt8\" Name=\"b\" format=\"appended\" offset=\"0\"",
            "2 arrays that could be");
    std::string own = vti({.inline_data = true}, voxel_bytes<std::uint16_t>(headed_labels()));
    own.replace(own.find("Name=\"labels\""), 0, "content=\"-7\" ");
    CHECK(read_all(folder.write("c.vti", own)) == headed_labels());
    CHECK_THROWS_WITH(read_all(folder.write("b.vti", "<VTKFile type=\"ImageData\">" + std::string(3 << 20, '<'))),
                      mentions("megabyte of XML"));
}

TEST_CASE("a .vti that is cut off or damaged anywhere is refused, or what its header says then")
{
    const ScratchFolder folder;
    const std::string voxels = voxel_bytes<std::uint16_t>(headed_labels());
    for (const bool packed : {false, true})
        for (const bool as_inline : {false, true})
            CHECK(survives_damage(folder, "a.vti", vti({.packed = packed, .inline_data = as_inline}, voxels), 4000));
}
