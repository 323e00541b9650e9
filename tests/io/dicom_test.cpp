// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "dicom.hpp"
#include "scratch.hpp"
#include "support/catch.hpp"

using namespace lapilli;
using namespace lapilli::test;

namespace {

constexpr auto typed = "1.2.840.10008.1.2.1", untyped = "1.2.840.10008.1.2";

/// A plane of 2 x 3 voxels of 16 bits.
struct DicomPlaneFile {
    Labels labels = counted(6);
    int number = 1;
    std::string position = "", series = "1.2.3", slope = "1", syntax = typed;
    std::uint16_t samples = 1, bits = 16, used = 16, is_signed = 0;

    std::string bytes() const
    {
        DicomText text(syntax != untyped);
        text.add(0x00080060, "CS", "CT").add(0x00180050, "DS", "0.02");
        DicomText icon(syntax != untyped); // a small picture within: none of its numbers are those of the image
        icon.add(0x00280010, std::uint16_t{77}).add(0x7fe00010, "OW", "icon");
        if (syntax != untyped) text.add_sequence(0x00880200, {icon}, number % 2 == 0);
        text.add(0x0020000e, "UI", series).add(0x00200013, "IS", std::to_string(number));
        if (!position.empty()) text.add(0x00200032, "DS", position).add(0x00200037, "DS", "1\\0\\0\\0\\1\\0");
        text.add(0x00280002, samples).add(0x00280004, "CS", "MONOCHROME2").add(0x00280010, std::uint16_t{2});
        text.add(0x00280011, std::uint16_t{3}).add(0x00280030, "DS", "0.01\\0.005").add(0x00280100, bits);
        text.add(0x00280101, used).add(0x00280102, static_cast<std::uint16_t>(used - 1)).add(0x00280103, is_signed);
        text.add(0x00281052, "DS", "0").add(0x00281053, "DS", slope);
        text.add(0x7fe00010, "OW", test::bytes_of(as<std::uint16_t>(labels)));
        return text.file(syntax);
    }
};

void dicom_is_refused(const std::string& bytes, const std::string& part)
{
    const ScratchFolder folder;
    const Error error = error_of([&] { read_all(folder.write("a", bytes)); });
    CHECK(error.code() == ExitCode::wrong_input);
    CHECK_THAT(error.what(), mentions(part));
}

} // namespace

TEST_CASE("a series of DICOM stands in the order of its positions")
{
    for (const std::string syntax : {typed, untyped}) {
        CAPTURE(syntax);
        const ScratchFolder folder;
        const std::vector<std::string> names{"IM7", "IM1", "1.2.840.99", "b.dcm"};
        for (int z = 0; z < 4; ++z)
            folder.write(names[z], DicomPlaneFile{.labels = Labels(6, z),
                                                  .number = 9 - z,
                                                  .position = fmt::format("-5\\3\\{:.3f}", -1.0 + 0.02 * z),
                                                  .syntax = syntax}
                                       .bytes());
        folder.write("notes.txt", "of the scanner");
        folder.write("log", "");
        folder.write("DICOMDIR", std::string(128, '\0') + "DICM");
        const auto reader = format::open_image(folder.path(), {});
        const auto& image = reader->description();
        CHECK(image.format == "DICOM series of u16");
        CHECK(image.shape == Shape{4, 2, 3});
        REQUIRE(image.voxel_edges_m);
        CHECK(image.voxel_edges_m->x == Approx(5e-6));
        CHECK(image.voxel_edges_m->y == Approx(1e-5));
        CHECK(image.voxel_edges_m->z == Approx(2e-5));
        CHECK(image.remarks.empty());
        for (int z = 0; z < 4; ++z) CHECK(read_planes(*reader, {z, z + 1}) == Labels(6, z));
    }
}

TEST_CASE("a series of DICOM without positions stands in the order of its numbers")
{
    const ScratchFolder folder;
    for (const int number : {2, 10, 9})
        folder.write("a" + std::to_string(number), DicomPlaneFile{.labels = Labels(6, number), .number = number}.bytes());
    const auto reader = format::open_image(folder.path(), {});
    for (const auto& [z, number] : std::vector<std::pair<int, int>>{{0, 2}, {1, 9}, {2, 10}})
        CHECK(read_planes(*reader, {z, z + 1}) == Labels(6, number));
    CHECK(reader->description().voxel_edges_m->z == Approx(2e-5)); // by their thickness
}

TEST_CASE("numbers with a sign, of fewer bits, or to be rescaled are those that are stored")
{
    const ScratchFolder folder;
    const Labels stored{0, 1, 0x7ff, 0x800, 0xfff, 0xf801};
    const DicomPlaneFile twelve{.labels = stored, .slope = "2", .used = 12, .is_signed = 1};
    const auto reader = format::open_image(folder.write("a.dcm", twelve.bytes()), {});
    CHECK(reader->description().type == format::VoxelType::i16);
    CHECK(read_planes(*reader, {0, 1}) == Labels{0, 1, 2047, -2048, -1, -2047});
    REQUIRE(reader->description().remarks.size() == 1);
    CHECK_THAT(reader->description().remarks[0], mentions("times 2 plus 0 (RescaleSlope"));
    const DicomPlaneFile plain{.labels = stored, .used = 12};
    CHECK(read_all(folder.write("a.dcm", plain.bytes())) == Labels{0, 1, 0x7ff, 0x800, 0xfff, 0x801});
}

TEST_CASE("one file with all frames is read by the positions of its groups")
{
    for (const bool said : {false, true}) {
        DicomText measures, shared, plain, text;
        measures.add(0x00180050, "DS", "0.03").add(0x00280030, "DS", "0.03\\0.03");
        DicomText orientation;
        orientation.add(0x00200037, "DS", "1\\0\\0\\0\\1\\0");
        shared.add_sequence(0x00289110, {measures}, said).add_sequence(0x00209116, {orientation}, said);
        std::vector<DicomText> frames;
        for (const auto* z : {"0.06", "0.00", "0.03"}) {
            DicomText position, frame;
            position.add(0x00200032, "DS", std::string("0\\0\\") + z);
            frames.push_back(frame.add_sequence(0x00209113, {position}, said));
        }
        text.add(0x00280002, std::uint16_t{1}).add(0x00280008, "IS", "3").add(0x00280010, std::uint16_t{1});
        text.add(0x00280011, std::uint16_t{2}).add(0x00280100, std::uint16_t{8}).add(0x00280101, std::uint16_t{8});
        text.add(0x00280102, std::uint16_t{7}).add(0x00280103, std::uint16_t{0});
        text.add_sequence(0x52009229, {shared}, said).add_sequence(0x52009230, frames, said);
        text.add(0x7fe00010, "OB", "\5\6\1\2\3\4");
        const ScratchFolder folder;
        const auto reader = format::open_image(folder.write("a.dcm", text.file(typed)), {});
        CHECK(reader->description().format == "DICOM u8");
        CHECK(read_planes(*reader, {0, 3}) == Labels{1, 2, 3, 4, 5, 6});
        REQUIRE(reader->description().voxel_edges_m);
        CHECK(reader->description().voxel_edges_m->cubic());
        CHECK(reader->description().voxel_edges_m->x == Approx(3e-5));
    }
}

TEST_CASE("packed pixels, colours and other widths are refused with what to do")
{
    dicom_is_refused(DicomPlaneFile{.syntax = "1.2.840.10008.1.2.4.70"}.bytes(), "gdcmconv --raw");
    dicom_is_refused(DicomPlaneFile{.syntax = "1.2.840.10008.1.2.2"}.bytes(), "gdcmconv --raw");
    dicom_is_refused(DicomPlaneFile{.samples = 3}.bytes(), "3 numbers of 16 bits");
    dicom_is_refused(DicomPlaneFile{.bits = 12, .used = 12}.bytes(), "1 numbers of 12 bits");
    dicom_is_refused(DicomPlaneFile{.bits = 8, .used = 16}.bytes(), "16 of them used");
    DicomText open;
    open.add(0x00280010, std::uint16_t{2}).add(0x00280011, std::uint16_t{3});
    open.add_bytes(open.head(0x7fe00010, "OB", DicomText::undefined));
    dicom_is_refused(open.file(typed), "packed pixels");
}

TEST_CASE("a DICOM that is cut off or lies is refused")
{
    const std::string good = DicomPlaneFile{.position = "0\\0\\0"}.bytes();
    for (const std::size_t size : {132UL, 200UL, good.size() - 13}) {
        const ScratchFolder folder;
        CAPTURE(size);
        CHECK_THROWS_AS(format::open_image(folder.write("a", good.substr(0, size)), {}), Error);
    }
    dicom_is_refused(good.substr(0, good.size() - 1), "it was cut off or is damaged");
    dicom_is_refused(DicomPlaneFile{.labels = counted(5)}.bytes(), "10 bytes of pixels, too few for 1 frames");
    DicomText deep;
    for (int i = 0; i < 100; ++i) deep.add_bytes(deep.head(0x00289110, "SQ", DicomText::undefined));
    dicom_is_refused(deep.file(typed), "sequences within sequences");
}

TEST_CASE("a folder of several series, of missing planes or of planes of another size is refused")
{
    const auto refused = [](const std::vector<DicomPlaneFile>& planes, const std::string& part) {
        const ScratchFolder folder;
        for (std::size_t i = 0; i < planes.size(); ++i) folder.write("IM" + std::to_string(i), planes[i].bytes());
        CHECK_THROWS_WITH(format::open_image(folder.path(), {}), mentions(part));
    };
    const auto at = [](const char* z) { return DicomPlaneFile{.position = std::string("0\\0\\") + z}; };
    auto other = at("2");
    other.series = "1.2.4";
    refused({at("0"), at("1"), other}, "several series");
    refused({at("0"), at("1"), at("2"), at("4")}, "2 mm apart");
    refused({at("0"), at("1"), at("1"), at("2")}, "0 mm apart");
    auto rescaled = at("1");
    rescaled.slope = "3";
    refused({at("0"), rescaled}, "RescaleSlope");
    auto small = at("1");
    small.is_signed = 1;
    refused({at("0"), small}, "must be alike");
}

TEST_CASE("no damage to a DICOM file does harm")
{
    const std::string good = DicomPlaneFile{.position = "0\\0\\0"}.bytes();
    const ScratchFolder folder;
    for (std::size_t i = 132; i < good.size() - 12; ++i)
        for (const char change : {'\1', '\x80', '\xff'}) {
            std::string bad = good;
            bad[i] = static_cast<char>(bad[i] ^ change);
            try {
                read_all(folder.write("a", bad));
            } catch (const Error& error) {
                CAPTURE(i, error.what());
                CHECK(error.code() == ExitCode::wrong_input);
            }
        }
}
