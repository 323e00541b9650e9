// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "headed.hpp"
#include "scratch.hpp"
#include "support/catch.hpp"

using namespace lapilli;
using namespace lapilli::test;

namespace {

/// An Amira mesh of 3 x 2 x 2 voxels.
struct AmiraFile {
    std::string begin = "# AmiraMesh BINARY-LITTLE-ENDIAN 2.1";
    std::string lattice = "3 2 2";
    std::string parameters =
        "    Units {\n        Coordinates \"µm\"\n    }\n    BoundingBox 0 4 10 12 0 6,\n    CoordType \"uniform\"\n";
    std::string type = "byte";
    std::string place = "@1";
    std::string data = test::bytes_of(as<std::uint8_t>(counted(12)));

    std::string bytes() const
    {
        return begin + "\n\n# made { by } hand\ndefine Lattice " + lattice +
               "\n\nParameters {\n    Content \"3x2x2 { byte\",\n" + parameters + "}\n\nLattice { " + type + " Labels } " +
               place + "\n\n# Data section follows\n@1\n" + data + "\n";
    }
};

void amira_is_refused(const AmiraFile& file, const std::string& part)
{
    const ScratchFolder folder;
    const Error error = error_of([&] { read_all(folder.write("a.am", file.bytes())); });
    CHECK(error.code() == ExitCode::wrong_input);
    CHECK_THAT(error.what(), mentions(part));
}

} // namespace

TEST_CASE("an Amira mesh is read, with the size of its voxels")
{
    const ScratchFolder folder;
    const auto reader = format::open_image(folder.write("a.am", AmiraFile{}.bytes()), {});
    const auto& image = reader->description();
    CHECK(image.format == "Amira mesh u8");
    CHECK(image.shape == Shape{2, 2, 3});
    REQUIRE(image.voxel_edges_m);
    CHECK(image.voxel_edges_m->x == Approx(2e-6));
    CHECK(image.voxel_edges_m->y == Approx(2e-6));
    CHECK(image.voxel_edges_m->z == Approx(6e-6));
    CHECK(read_planes(*reader, {0, 2}) == counted(12));
}

TEST_CASE("numbers of an Amira mesh have either order of bytes")
{
    const ScratchFolder folder;
    std::string from_above, from_below;
    for (const auto label : counted(12)) {
        from_above += number_bytes(static_cast<std::int16_t>(label - 5), true);
        from_below += number_bytes(label * 70000);
    }
    const AmiraFile big_endian{.begin = "# AmiraMesh 3D BINARY 2.0", .type = "short", .data = from_above};
    CHECK(read_all(folder.write("a.am", big_endian.bytes())) == Labels{-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6});
    const AmiraFile avizo{.begin = "# Avizo BINARY-LITTLE-ENDIAN 2.1", .type = "int", .place = "= @1", .data = from_below};
    CHECK(read_all(folder.write("a.am", avizo.bytes()))[11] == 770000);
}

TEST_CASE("an Amira mesh packed by runs of bytes is streamed")
{
    const ScratchFolder folder;
    // 2 times 0; 1, 2, 3 as they are; 7 times 9
    const AmiraFile file{.place = "@1(HxByteRLE,8)", .data = "\2" + std::string(1, '\0') + "\x83\1\2\3\7\x9"};
    const auto reader = format::open_image(folder.write("a.am", file.bytes()), {});
    CHECK(reader->description().format == "Amira mesh u8, byte RLE");
    CHECK(reader->streamed());
    CHECK(read_planes(*reader, {0, 1}) == Labels{0, 0, 1, 2, 3, 9});
    CHECK(read_planes(*reader, {1, 2}) == Labels(6, 9));
    CHECK_THROWS_WITH(read_planes(*reader, {0, 1}), mentions("read in order"));
}

TEST_CASE("an Amira mesh packed by zlib is streamed")
{
    const ScratchFolder folder;
    const std::string packed = zlib_packed(AmiraFile{}.data);
    const AmiraFile file{.place = fmt::format("@1(HxZip,{})", packed.size()), .data = packed};
    const auto reader = format::open_image(folder.write("a.am", file.bytes()), {});
    CHECK(reader->description().format == "Amira mesh u8, zlib");
    CHECK(read_planes(*reader, {0, 2}) == counted(12));
}

TEST_CASE("a long run of bytes goes over planes and pieces of the file")
{
    constexpr std::int64_t planes = 4, side = 300;
    const Labels labels = counted(planes * side * side, 7);
    std::string packed;
    for (std::size_t i = 0; i < labels.size(); i += 100) {
        packed += '\xe4'; // 100 as they are
        for (std::size_t k = 0; k < 100; ++k) packed += static_cast<char>(labels[i + k]);
    }
    const ScratchFolder folder;
    const AmiraFile file{.lattice = "300 300 4", .place = fmt::format("@1(HxByteRLE,{})", packed.size()), .data = packed};
    CHECK(read_all(folder.write("a.am", file.bytes())) == labels);
}

TEST_CASE("an Amira mesh without a known unit has no voxel size, and says why")
{
    const ScratchFolder folder;
    const auto described = [&](const std::string& parameters) {
        return format::open_image(folder.write("a.am", AmiraFile{.parameters = parameters}.bytes()), {})->description();
    };
    const auto bare = described("BoundingBox 0 4 0 2 0 6\n");
    CHECK_FALSE(bare.voxel_edges_m);
    REQUIRE(bare.voxel_remarks.size() == 1);
    CHECK_THAT(bare.voxel_remarks[0], mentions("without a unit"));
    CHECK(described("BoundingBox 0 2 0 1 0 1\n").voxel_remarks.empty());
    CHECK_FALSE(described("Units { Coordinates \"mm\" } BoundingBox 0 0 0 0 nan 6\n").voxel_edges_m);
}

TEST_CASE("an Amira mesh that is no image, damaged or packed otherwise is refused")
{
    amira_is_refused({.begin = "# AmiraMesh 3D ASCII 2.0"}, "as words (ASCII)");
    amira_is_refused({.lattice = "3 2"}, "without a regular lattice");
    amira_is_refused({.lattice = "3 2 0"}, "without a regular lattice");
    amira_is_refused({.parameters = "CoordType \"rectilinear\"\n"}, "without a regular lattice");
    amira_is_refused({.type = "float[3]"}, "without a regular lattice");
    amira_is_refused({.lattice = "3 2 3"}, "it was cut off");
    amira_is_refused({.lattice = "3000000000 3000000000 3000000000"}, "without a regular lattice");
    amira_is_refused({.place = "@1(HxLossy,9)"}, "HxLossy");
    amira_is_refused({.place = "@1(HxByteRLE,99)"}, "it was cut off");
    amira_is_refused({.place = "@1(HxByteRLE,-9)"}, "it was cut off");
    amira_is_refused({.lattice = "300 200 200", .place = "@1(HxByteRLE,8)"}, "too few to unpack");
    amira_is_refused({.place = "@1(HxByteRLE,2)", .data = "\xb\1"}, "unpacks to 11 bytes");
    amira_is_refused({.place = "@1(HxByteRLE,1)", .data = "\xc"}, "in the middle of its byte RLE");
    amira_is_refused({.place = "@2"}, "without a regular lattice");
    const ScratchFolder folder;
    CHECK_THROWS_WITH(format::open_image(folder.write("a.am", "# AmiraMesh BINARY-LITTLE-ENDIAN 2.1\n"), {}),
                      mentions("no block of voxels"));
}

TEST_CASE("an Amira mesh that is cut off or damaged anywhere is refused, or what its text says then")
{
    const ScratchFolder folder;
    const std::string plain = test::bytes_of(as<std::uint8_t>(headed_labels()));
    const AmiraFile as_it_is{.lattice = "5 4 3", .data = plain};
    const AmiraFile packed{.lattice = "5 4 3", .place = "@1(HxByteRLE,61)", .data = '\xbc' + plain}; // 60 as they are
    for (const auto& file : {as_it_is, packed}) CHECK(survives_damage(folder, "a.am", file.bytes(), 1000));
}
