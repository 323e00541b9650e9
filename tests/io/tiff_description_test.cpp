// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/catch.hpp"
#include "tiff.hpp"

using namespace lapilli;
using namespace lapilli::test;

namespace {

/// A stack of 4 planes with that description.
std::string stack_saying(const ScratchFolder& folder, const std::string& words)
{
    const TiffSpec spec{.shape = {4, 5, 6}, .more_tags = [&](TIFF* tiff, std::int64_t z) {
                            if (z == 0) TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, words.c_str());
                        }};
    return write_tiff(folder / "a.tif", spec, counted(spec.shape.voxels()));
}

void is_whole(const std::string& words, const std::string& remark = {})
{
    CAPTURE(words);
    const ScratchFolder folder;
    const auto image = format::open_image(stack_saying(folder, words), {})->description();
    CHECK(image.shape == Shape{4, 5, 6});
    REQUIRE(image.remarks.size() == (remark.empty() ? 0 : 1));
    if (!remark.empty()) CHECK_THAT(image.remarks[0], mentions(remark));
}

void is_refused(const std::string& words, const std::string& part)
{
    CAPTURE(words);
    const ScratchFolder folder;
    const Error error = error_of_opening(stack_saying(folder, words));
    CHECK(error.code() == ExitCode::wrong_input);
    CHECK_THAT(error.what(), mentions(part));
}

std::string ome(const std::string& sizes, const std::string& places = "")
{
    return "<OME><Image><Pixels SizeX=\"6\" SizeY=\"5\" " + sizes + ">" + places + "</Pixels></Image></OME>";
}

} // namespace

TEST_CASE("a stack that is one volume by its description is read")
{
    is_whole("ImageJ=1.54f\nimages=4\nslices=4\n");
    is_whole("ImageJ=1.54f\nimages=4\nframes=4\n");
    is_whole(R"({"shape": [4, 5, 6]})");
    is_whole(R"({"shape": [1, 4, 1, 5, 6]})");
    is_whole(R"({"shape": [5, 6]})"); // pages that were added later
    is_whole(ome(R"(SizeZ="4" SizeC="1" SizeT="1")"));
    is_whole("{\"shape\": ");
    is_whole("{\"shape\": [true, -3, 5e99, {}]}");
    is_whole("a rock");
}

TEST_CASE("several volumes and channels are refused")
{
    is_refused(R"({"shape": [2, 2, 5, 6]})", "one volume is expected");
    is_refused("ImageJ=1.54f\nimages=4\nchannels=2\nslices=2\n", "2 slices, 2 channels");
    is_refused("ImageJ=1.54f\nimages=4\nslices=2\nframes=2\n", "one volume is expected");
    is_refused("ImageJ=1.54f\nimages=4\nchannels=4\n", "4 channels");
    is_refused(ome(R"(SizeZ="2" SizeC="2" SizeT="1")"), "the OME description");
    is_refused(ome(R"(SizeZ="2" SizeC="1" SizeT="2")"), "2 times or volumes");
    is_refused("<OME><Pixels SizeZ=\"2\" ></Pixels><Pixels SizeZ=\"2\" ></Pixels></OME>", "2 times or volumes");
}

TEST_CASE("an OME stack says which page is which plane")
{
    const std::string z = R"(SizeZ="4" SizeC="1" SizeT="1")";
    is_whole(ome(z, R"(<TiffData IFD="0" PlaneCount="4"/>)"));
    is_whole(ome(z, R"(<TiffData FirstC="0" FirstT="0" FirstZ="0" IFD="0"><UUID FileName="a.tif">urn:1</UUID></TiffData>
                       <TiffData FirstC="0" FirstT="0" FirstZ="1" IFD="1"><UUID FileName="a.tif">urn:1</UUID></TiffData>)"));
    is_whole(ome(R"(SizeZ="1" SizeC="1" SizeT="4")", R"(<TiffData FirstT="2" IFD="2"/><TiffData FirstT="3" IFD="3"/>)"));
    is_refused(ome(z, R"(<TiffData FirstZ="1" IFD="0"/><TiffData FirstZ="0" IFD="1"/>)"), "in another order than that of z");
    is_refused(ome(z, R"(<TiffData FirstZ="0" IFD="0"><UUID FileName="a.tif">urn:1</UUID></TiffData>
                         <TiffData FirstZ="1" IFD="0"><UUID FileName="b.tif">urn:2</UUID></TiffData>)"),
               "is one of 2 files of an OME image");
}

TEST_CASE("a stack with fewer planes than it promises is refused")
{
    is_refused(R"({"shape": [18, 5, 6]})", "promises 18 planes");
    is_refused("ImageJ=1.54f\nimages=5\nslices=5\n", "promises 5 planes");
    is_refused(ome(R"(SizeZ="40" SizeC="1" SizeT="1")"), "promises 40 planes");
}

TEST_CASE("many channels and nothing else are slices under a wrong name")
{
    const ScratchFolder folder;
    const TiffSpec spec{.shape = {9, 5, 6}, .more_tags = [](TIFF* tiff, std::int64_t z) {
                            if (z == 0) TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, "ImageJ=1.11a\nimages=9\nchannels=9\n");
                        }};
    const Labels labels = counted(spec.shape.voxels());
    const std::string path = write_tiff(folder / "a.tif", spec, labels);
    CHECK(read_all(path) == labels);
    const auto image = format::open_image(path, {})->description();
    REQUIRE(image.remarks.size() == 1);
    CHECK_THAT(image.remarks[0], mentions("9 channels") && mentions("taken for slices"));
}

TEST_CASE("a truncated series of tifffile, one page with all planes behind it, is read whole")
{
    const ScratchFolder folder;
    const Labels labels = counted(3 * 30);
    const std::string words = R"({"shape": [3, 5, 6], "truncated": true})";
    const TiffSpec spec{.shape = {1, 5, 6}, .mode = "wl", .rows_per_strip = 5, .more_tags = [&](TIFF* tiff, std::int64_t) {
                            TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, words.c_str());
                        }};
    std::string bytes = bytes_in(write_tiff(folder / "a.tif", spec, counted(30)));
    const std::string entry("\x11\x01\x04\x00\x01\x00\x00\x00\x08\x00\x00\x00", 12); // the strip begins at byte 8
    const std::size_t at = bytes.find(entry);
    REQUIRE(at != std::string::npos);
    const auto end = static_cast<std::uint32_t>(bytes.size());
    std::memcpy(bytes.data() + at + 8, &end, 4);
    bytes += bytes_of(as<std::uint8_t>(labels));
    CHECK(read_all(folder.write("b.tif", bytes)) == labels);
    CHECK_THROWS_WITH(format::open_image(folder.write("c.tif", bytes.substr(0, bytes.size() - 1)), {}), mentions("cut off"));
}
