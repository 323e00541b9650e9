// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/raw/raw_claim.hpp"
#include "gzip.hpp"
#include "scratch.hpp"
#include "support/catch.hpp"

#include <algorithm>

using namespace lapilli;
using namespace lapilli::test;
using format::VoxelType;

namespace {

constexpr Shape told_shape{3, 4, 5};
const std::string voxels(static_cast<std::size_t>(told_shape.voxels()), '\1');

const std::string record = R"({"kind": "open", "image": {"shape": [3, 4, 5], "voxel_size_m": [4e-6, 2e-6, 2e-6]}})";
const std::string pyhst = "! PyHST_SLAVE VOLUME INFO FILE\nNUM_X =  5\nNUM_Y =  4\nNUM_Z =  3\nvoxelSize =  5.0\n"
                          "BYTEORDER = HIGHBYTEFIRST\nValMin = 0\n";
const std::string imagej = "Title: rock.tif\r\nWidth:  0.0250 mm (5)\r\nHeight:  0.0200 mm (4)\r\nDepth:  0.0150 mm (3)\r\n"
                           "Size:  1K\r\nVoxel size: 0.005x0.005x0.005 mm^3\r\nBits per pixel: 8 (grayscale LUT)\r\n";
const std::string metaimage = "ObjectType = Image\nNDims = 3\nDimSize = 5 4 3\nElementSpacing = 0.002 0.002 0.004\n"
                              "ElementByteOrderMSB = False\nElementType = MET_UCHAR\nElementDataFile = rock.raw\n";
const std::string nrrd = "NRRD0004\n# by hand\ntype: unsigned char\ndimension: 3\nsizes: 5 4 3\nencoding: raw\n"
                         "spacings: 2 2 4\nunits: \"um\" \"um\" \"um\"\ndata file: ./rock.raw\n";

format::ImageDescription look(const std::string& path, const format::RawFormat& raw = {})
{
    return format::open_image(path, raw)->description();
}

std::string remarks(const format::ImageDescription& image)
{
    std::string all;
    for (const auto& remark : image.remarks) all += remark + "\n";
    for (const auto& remark : image.voxel_remarks) all += remark + "\n";
    return all;
}

} // namespace

TEST_CASE("what lies beside a raw file says how to read it, and that is told")
{
    const std::string inputs[][2] = {{"rock.raw.json", record}, {"rock.raw.info", pyhst}, {"rock.info", imagej},
                                     {"rock.txt", imagej},      {"rock.mhd", metaimage},  {"rock.nhdr", nrrd}};
    for (const auto& [name, text] : inputs)
        for (const char* ending : {"", ".gz"}) {
            if (text == pyhst && *ending != 0) continue; // whose type needs the size
            INFO(name << ending);
            const ScratchFolder folder;
            const auto image = look(folder.write(std::string("rock.raw") + ending, *ending == 0 ? voxels : gzip(voxels)),
                                    (folder.write(name, text), format::RawFormat{}));
            CHECK(image.shape == told_shape);
            CHECK(image.type == VoxelType::u8);
            CHECK_THAT(remarks(image), mentions("--shape 3x4x5 --type u8, as " + name + " says"));
            CHECK_THAT(remarks(image), mentions("is taken from " + name));
            const double across = text == pyhst || text == imagej ? 5e-6 : 2e-6;
            const double deep = text == pyhst || text == imagej ? 5e-6 : 4e-6;
            REQUIRE(image.voxel_edges_m);
            CHECK(image.voxel_edges_m->x == Approx(across));
            CHECK(image.voxel_edges_m->z == Approx(deep));
        }
}

TEST_CASE("the size of a PyHST volume says its type, and the file its order of bytes")
{
    const ScratchFolder folder;
    folder.write("rock.vol.info", pyhst);
    const Labels labels = counted(told_shape.voxels());
    std::string bytes = bytes_of(as<std::uint16_t>(labels));
    for (std::size_t i = 0; i < bytes.size(); i += 2) std::swap(bytes[i], bytes[i + 1]);
    CHECK(read_all(folder.write("rock.vol", bytes)) == labels);
    bytes = bytes_of(as<float>(labels));
    for (std::size_t i = 0; i < bytes.size(); i += 4)
        std::reverse(bytes.begin() + static_cast<std::ptrdiff_t>(i), bytes.begin() + static_cast<std::ptrdiff_t>(i + 4));
    CHECK(read_all(folder.write("rock.vol", bytes)) == labels);
    CHECK(look(folder / "rock.vol").format == "raw f32 big-endian");
    CHECK_THROWS_WITH(look(folder.write("rock.vol", bytes + "more")),
                      mentions("244 bytes, but --shape 3x4x5 --type f32 (by rock.vol.info) needs 240"));
}

TEST_CASE("a header before the voxels is said by MetaImage and NRRD, also as what is too much")
{
    const ScratchFolder folder;
    const auto path = folder.write("rock.raw", std::string(64, 'h') + voxels);
    for (const char* size : {"64", "-1"}) {
        folder.write("rock.mhd", metaimage + "HeaderSize = " + size + "\n");
        CHECK(read_all(path) == Labels(60, 1));
    }
    std::filesystem::remove(folder / "rock.mhd");
    folder.write("rock.nhdr", nrrd + "byte skip: 64\n");
    CHECK(look(path).format == "raw u8 behind 64 bytes");
}

TEST_CASE("lengths and type in the name of a file are taken as x by y by z, which is told where it matters")
{
    const ScratchFolder folder;
    for (const char* name : {"rock_5x4x3_u8.raw", "rock-5X4X3-8bit.raw", "rock_uint8_5x4x3.raw", "rock_5x4x3x8bit.raw",
                             "rock 5x4x3 8-bit.raw"}) {
        INFO(name);
        const auto image = look(folder.write(name, voxels));
        CHECK(image.shape == told_shape);
        CHECK_THAT(remarks(image), mentions("as its name says; its lengths are taken as 5 (x) by 4 (y) by 3 (z)"));
    }
    CHECK_THAT(remarks(look(folder.write("rock_2x2x2_u8.raw.gz", gzip("12345678")))),
               mentions("as its name says") && !mentions("(x)"));
    CHECK_THROWS_WITH(look(folder.write("rock_5x4x3.raw", voxels)), mentions("does not say its type (by its name)"));
    CHECK_THROWS_WITH(look(folder.write("rock_5x4x4_u8.raw", voxels)), mentions("--type u8 (by its name) needs 80"));
    CHECK_THROWS_WITH(read_all(folder.write("big_5x4x4_u8.raw.gz", gzip(voxels))), mentions("(by its name) needs 80"));
    for (const char* name : {"rock_5x4_u8.raw", "rock_5x4x3x2_u8.raw", "a_5x4x3_of_9x9x9_u8.raw", "rock_2x2x4um_u8.raw",
                             "rock_0x4x3_u8.raw", "rock_5x4x3_u8_u16.raw", "0x5f3759df.raw"}) {
        INFO(name);
        CHECK_FALSE(format::claim_of_name(name));
    }
}

TEST_CASE("what the user says is taken, and a file beside that contradicts it is named and not used")
{
    const ScratchFolder folder;
    folder.write("rock.raw.json", record);
    const auto path = folder.write("rock.raw", voxels);
    const auto image = look(path, {.shape = Shape{5, 4, 3}, .type = VoxelType::u8});
    CHECK(image.shape == Shape{5, 4, 3});
    CHECK_FALSE(image.voxel_edges_m);
    CHECK_THAT(remarks(image), mentions("--shape 5x4x3 was given, but rock.raw.json says 3x4x5"));
    CHECK_THAT(remarks(look(path, {.type = VoxelType::u8})), mentions("read with --shape 3x4x5, as"));
    const auto agreeing = look(path, {.shape = told_shape, .type = VoxelType::u8});
    CHECK(agreeing.remarks.empty());
    CHECK(agreeing.voxel_edges_m);
}

TEST_CASE("two files beside that contradict each other are refused, and a name is passed over")
{
    const ScratchFolder folder;
    const auto path = folder.write("rock_9x9x9.raw", voxels);
    folder.write("rock_9x9x9.raw.json", record);
    CHECK_THAT(remarks(look(path)), mentions("json says --shape 3x4x5, but the name of") && mentions("says 9x9x9"));
    auto other = imagej;
    other.replace(other.find("(3)"), 3, "(6)");
    folder.write("rock_9x9x9.txt", other);
    CHECK_THROWS_WITH(look(path),
                      mentions("rock_9x9x9.raw.json beside") && mentions("--shape 3x4x5, but rock_9x9x9.txt says 6x4x5"));
    CHECK_NOTHROW(look(path, {.shape = told_shape}));
    folder.write("rock_9x9x9.txt", imagej);
    const auto image = look(path);
    CHECK_FALSE(image.voxel_edges_m);
    CHECK_THAT(remarks(image), mentions("so the voxel size is not known"));
}

TEST_CASE("files beside that say nothing are told only where something is missing")
{
    const ScratchFolder folder;
    const auto path = folder.write("rock_5x4x3_u8.raw", voxels);
    for (const std::string& rubbish :
         {std::string("{"), std::string(), std::string(70000, ' '), std::string("{\"image\": [1]}"),
          std::string(R"({"image": {"shape": [3, "4", 5]}})")}) {
        folder.write("rock_5x4x3_u8.raw.json", rubbish);
        CHECK_THAT(remarks(look(path)), mentions("rock_5x4x3_u8.raw.json beside") && mentions("nothing that is understood"));
        CHECK(look(path, {.shape = told_shape, .type = VoxelType::u8}).remarks.empty());
    }
    folder.write("notes.txt", "Monday: the core was cut\n");
    CHECK_THROWS_WITH(look(folder.write("notes.raw", voxels)), mentions("taken for raw; add --shape"));
    folder.write("notes.raw.info", "NUM_X = 5\n");
    CHECK_THROWS_WITH(look(folder / "notes.raw"), mentions("notes.raw.info beside it says nothing that is understood"));
    folder.write("other.mhd", metaimage); // of rock.raw
    CHECK_THROWS_WITH(look(folder.write("other.raw", voxels)), mentions("taken for raw; add --shape"));
}

TEST_CASE("no voxel size is made up from lengths without a unit or from what writers put unasked")
{
    auto text = nrrd;
    CHECK(format::claim_of_nrrd(text.replace(text.find("units"), 5, "_____"))->odd_unit);
    CHECK_FALSE(format::claim_of_nrrd(text)->voxel_edges_m);
    text = nrrd;
    text.replace(text.find("spacings: 2 2 4\nunits"), 21, "space directions: (0,2,1) (2,0,0) (0,0,4)\nspace units");
    CHECK_FALSE(format::claim_of_nrrd(text)->voxel_edges_m); // not at right angles
    text.replace(text.find("(0,2,1) (2,0,0)"), 15, "(0,2,0) (3,0,0)");
    CHECK(format::claim_of_nrrd(text)->voxel_edges_m == VoxelEdges{2e-6, 3e-6, 4e-6});
    text = metaimage;
    CHECK_FALSE(format::claim_of_metaimage(text.replace(text.find("0.002 0.002 0.004"), 17, "1 1 1"))->voxel_edges_m);
    text = imagej;
    CHECK_FALSE(format::claim_of_imagej(text.replace(text.find("mm^3"), 4, "pixel^3"))->odd_unit);
    CHECK(format::claim_of_imagej(text.replace(text.find("pixel^3"), 7, "furlong^3"))->odd_unit);
    text = pyhst;
    CHECK_FALSE(format::claim_of_pyhst(text.replace(text.find("5.0"), 3, "0.0"))->voxel_edges_m);
}

TEST_CASE("of ImageJ's 16 bits the order of bytes is doubted, unless the user says it")
{
    const ScratchFolder folder;
    auto text = imagej;
    folder.write("rock.txt", text.replace(text.find("8 (grayscale LUT)"), 17, "16 (unsigned)"));
    const auto path = folder.write("rock.raw", voxels + voxels);
    CHECK_THAT(remarks(look(path)), mentions("give --endian big if the labels are odd"));
    CHECK_THAT(remarks(look(path, {.big_endian = true})), !mentions("--endian"));
}
