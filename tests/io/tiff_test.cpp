// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/catch.hpp"
#include "tiff.hpp"

using namespace lapilli;
using namespace lapilli::test;
using format::VoxelType;

namespace {

/// Writes and reads; the labels use all bits that the format has.
void round_trip(const TiffSpec& spec)
{
    const ScratchFolder folder;
    Labels labels = counted(spec.shape.voxels(), spec.bits == 1 ? 2 : 251);
    if (spec.bits > 8) labels[5] = 31000;
    if (spec.format == SAMPLEFORMAT_INT && spec.bits == 32) labels[6] = -100000;
    const std::string path = write_tiff(folder / "a.tif", spec, labels);
    const auto reader = format::open_image(path, {});
    CHECK(reader->description().shape == spec.shape);
    CHECK_FALSE(reader->streamed());
    CHECK(read_planes(*reader, {0, spec.shape.nz}) == labels);
    const std::int64_t plane = spec.shape.plane();
    for (std::int64_t z = spec.shape.nz; z-- > 0;)
        CHECK(read_planes(*reader, {z, z + 1}) == Labels(labels.begin() + z * plane, labels.begin() + (z + 1) * plane));
}

std::string format_of(const TiffSpec& spec)
{
    const ScratchFolder folder;
    return format::open_image(write_tiff(folder / "a.tif", spec, counted(spec.shape.voxels(), 2)), {})->description().format;
}

} // namespace

TEST_CASE("TIFF stacks of every depth, compression and arrangement give their labels")
{
    for (const int compression : {COMPRESSION_NONE, COMPRESSION_LZW, COMPRESSION_ADOBE_DEFLATE, COMPRESSION_PACKBITS})
        for (const int bits : {1, 8, 16, 32, 64})
            for (const std::uint32_t tile : {0U, 16U}) {
                CAPTURE(compression, bits, tile);
                round_trip({.bits = bits, .compression = compression, .tile = tile});
            }
}

TEST_CASE("TIFF stacks of either endianness, signed, float and BigTIFF give their labels")
{
    for (const char* mode : {"wl", "wb", "wl8", "wb8"}) {
        CAPTURE(mode);
        round_trip({.bits = 16, .mode = mode});
        round_trip({.bits = 32, .format = SAMPLEFORMAT_INT, .mode = mode});
        round_trip({.bits = 32, .format = SAMPLEFORMAT_IEEEFP, .compression = COMPRESSION_LZW, .mode = mode});
        round_trip({.bits = 64, .format = SAMPLEFORMAT_IEEEFP, .mode = mode});
        round_trip({.bits = 64, .format = SAMPLEFORMAT_INT, .mode = mode});
    }
}

TEST_CASE("a TIFF says its type and compression")
{
    CHECK(format_of({.bits = 1, .compression = COMPRESSION_PACKBITS}) == "TIFF 1 bit, packbits");
    CHECK(format_of({.bits = 16, .compression = COMPRESSION_LZW}) == "TIFF u16, LZW");
    CHECK(format_of({.bits = 32, .format = SAMPLEFORMAT_IEEEFP}) == "TIFF f32, uncompressed");
    CHECK(format_of({.bits = 64, .format = SAMPLEFORMAT_IEEEFP}) == "TIFF f64, uncompressed");
    CHECK(format_of({.photometric = PHOTOMETRIC_MINISWHITE}) == "TIFF u8, uncompressed, white is zero");
}

TEST_CASE("labels are the stored numbers, however they are painted")
{
    round_trip({.bits = 1, .photometric = PHOTOMETRIC_MINISWHITE});
    round_trip({.bits = 8, .photometric = PHOTOMETRIC_MINISWHITE});
    std::vector<std::uint16_t> map(256, 7);
    round_trip({.photometric = PHOTOMETRIC_PALETTE, .more_tags = [&](TIFF* tiff, std::int64_t) {
                    TIFFSetField(tiff, TIFFTAG_COLORMAP, map.data(), map.data(), map.data());
                }});
}

TEST_CASE("indices of a palette are labels, which is told")
{
    const ScratchFolder folder;
    std::vector<std::uint16_t> colours(256, 7);
    const TiffSpec spec{.photometric = PHOTOMETRIC_PALETTE, .more_tags = [&](TIFF* tiff, std::int64_t) {
                            TIFFSetField(tiff, TIFFTAG_COLORMAP, colours.data(), colours.data(), colours.data());
                        }};
    const auto labels = counted(spec.shape.voxels());
    const auto path = write_tiff(folder / "a.tif", spec, labels);
    REQUIRE(format::open_image(path, {})->description().remarks.size() == 1);
    CHECK_THAT(format::open_image(path, {})->description().remarks[0], mentions("palette of colours"));
    CHECK(read_all(path) == labels);
}

TEST_CASE("numbers that viewers show inverted are remarked on")
{
    const ScratchFolder folder;
    const TiffSpec spec{.photometric = PHOTOMETRIC_MINISWHITE};
    const auto reader = format::open_image(write_tiff(folder / "a.tif", spec, counted(spec.shape.voxels())), {});
    REQUIRE(reader->description().remarks.size() == 1);
    CHECK_THAT(reader->description().remarks[0], mentions("MINISWHITE"));
}

TEST_CASE("colours that are all equal are grey, and others name the voxel")
{
    const ScratchFolder folder;
    const TiffSpec spec{.shape = {3, 20, 37}, .rows_per_strip = 20};
    const Labels grey = counted(spec.shape.voxels(), 251);
    for (const int samples : {2, 3, 4})
        for (const bool coloured : {false, true}) {
            CAPTURE(samples, coloured);
            const std::string path = folder / "a.tif";
            {
                const TiffHandle tiff = create_tiff_file(path);
                for (std::int64_t z = 0; z < spec.shape.nz; ++z) {
                    set_tags(tiff.get(), spec);
                    TIFFSetField(tiff.get(), TIFFTAG_SAMPLESPERPIXEL, samples);
                    TIFFSetField(tiff.get(), TIFFTAG_PHOTOMETRIC, samples == 2 ? PHOTOMETRIC_MINISBLACK : PHOTOMETRIC_RGB);
                    std::string bytes;
                    for (std::int64_t i = 0; i < spec.shape.plane(); ++i) {
                        const char label = static_cast<char>(grey[static_cast<std::size_t>(z * spec.shape.plane() + i)]);
                        for (int s = 0; s < samples; ++s) bytes += s == 3 || (samples == 2 && s == 1) ? '\7' : label;
                    }
                    if (coloured && z == 1) ++bytes[static_cast<std::size_t>((5 * 37 + 11) * samples + 1)];
                    TIFFWriteEncodedStrip(tiff.get(), 0, bytes.data(), static_cast<tmsize_t>(bytes.size()));
                    TIFFWriteDirectory(tiff.get());
                }
            }
            if (coloured && samples > 2)
                CHECK_THROWS_WITH(read_all(path), mentions("no grey at voxel (z 1, y 5, x 11)"));
            else
                CHECK(read_all(path) == grey);
            const auto remarks = format::open_image(path, {})->description().remarks;
            CHECK(remarks.size() == (samples == 3 ? 0U : 1U));
            for (const auto& remark : remarks) CHECK_THAT(remark, mentions("opacity"));
        }
}

TEST_CASE("pages of another size or type are refused by their number")
{
    const ScratchFolder folder;
    const TiffSpec spec;
    for (const TiffSpec& other : {TiffSpec{.shape = {3, 20, 36}}, TiffSpec{.bits = 16}}) {
        {
            const TiffHandle tiff = create_tiff_file(folder / "a.tif");
            write_tiff_page(tiff.get(), spec, counted(spec.shape.voxels()), 0);
            write_tiff_page(tiff.get(), other, counted(spec.shape.voxels()), 1);
        }
        CHECK_THROWS_WITH(format::open_image(folder / "a.tif", {}), mentions("page 1 is") && mentions("must be alike"));
    }
}

TEST_CASE("thumbnails between the pages are passed over")
{
    const ScratchFolder folder;
    const TiffSpec spec;
    const TiffSpec small{.shape = {1, 5, 9}, .more_tags = [](TIFF* tiff, std::int64_t) {
                             TIFFSetField(tiff, TIFFTAG_SUBFILETYPE, FILETYPE_REDUCEDIMAGE);
                         }};
    const Labels labels = counted(spec.shape.voxels());
    {
        const TiffHandle tiff = create_tiff_file(folder / "a.tif");
        for (std::int64_t z = 0; z < 3; ++z) {
            write_tiff_page(tiff.get(), spec, labels, z);
            TIFFUnsetField(tiff.get(), TIFFTAG_SUBFILETYPE);
            write_tiff_page(tiff.get(), small, counted(45), 0);
        }
    }
    CHECK(read_all(folder / "a.tif") == labels);
}

TEST_CASE("colours, odd depths and foreign compressions are refused with the way out")
{
    const ScratchFolder folder;
    const auto refused = [&](std::uint32_t tag, int value, const std::string& part) {
        TiffSpec spec{.shape = {1, 4, 6}};
        spec.more_tags = [&](TIFF* tiff, std::int64_t) { TIFFSetField(tiff, tag, value); };
        {
            const TiffHandle tiff = create_tiff_file(folder / "a.tif");
            set_tags(tiff.get(), spec);
            spec.more_tags(tiff.get(), 0);
            std::string bytes(200, '\1');
            TIFFWriteRawStrip(tiff.get(), 0, bytes.data(), 200);
        }
        const Error error = error_of_opening(folder / "a.tif");
        CHECK(error.code() == ExitCode::wrong_input);
        CHECK_THAT(error.what(), mentions(part));
    };
    refused(TIFFTAG_SAMPLESPERPIXEL, 3, "3 colours");
    refused(TIFFTAG_COMPRESSION, COMPRESSION_JPEG, "changes labels");
    refused(TIFFTAG_IMAGEDEPTH, 18, "18 slices at once (ImageDepth)");
    refused(TIFFTAG_BITSPERSAMPLE, 4, "4-bit");
    refused(TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_COMPLEXINT, "format 5");
}

TEST_CASE("a compression that libtiff cannot unpack is named")
{
    const ScratchFolder folder;
    std::string bytes = bytes_in(write_tiff(folder / "a.tif", {.shape = {1, 4, 6}, .mode = "wl"}, counted(24)));
    const std::string entry("\x03\x01\x03\x00\x01\x00\x00\x00\x01\x00", 10); // tag 259, one SHORT, uncompressed
    const std::size_t at = bytes.find(entry);
    REQUIRE(at != std::string::npos);
    bytes[at + 8] = static_cast<char>(0x98); // 34712
    bytes[at + 9] = static_cast<char>(0x87);
    CHECK_THROWS_WITH(format::open_image(folder.write("b.tif", bytes), {}),
                      mentions("JPEG 2000") && mentions("save it with deflate"));
}

TEST_CASE("what was given for raw files must agree with a TIFF")
{
    const ScratchFolder folder;
    const TiffSpec spec;
    const std::string path = write_tiff(folder / "a.tif", spec, counted(spec.shape.voxels()));
    CHECK_NOTHROW(format::open_image(path, {.shape = spec.shape, .type = VoxelType::u8}));
    CHECK_THROWS_WITH(format::open_image(path, {.shape = Shape{37, 20, 3}}),
                      mentions("--shape 37x20x3") && mentions("says 3x20x37"));
    CHECK_THROWS_WITH(format::open_image(path, {.type = VoxelType::u16}), mentions("--type u16") && mentions("says u8"));
    CHECK_THROWS_WITH(format::open_image(path, {.big_endian = true}), mentions("--endian"));
}

TEST_CASE("a float TIFF with a value between labels names the voxel, also in tiles")
{
    const ScratchFolder folder;
    const TiffSpec spec{.shape = {2, 20, 37}, .bits = 32, .format = SAMPLEFORMAT_IEEEFP};
    for (const std::uint32_t tile : {0U, 16U}) {
        std::string bytes;
        TiffSpec copy = spec;
        copy.tile = tile;
        copy.mode = "wl";
        Labels labels(static_cast<std::size_t>(spec.shape.voxels()));
        labels[740 + 17 * 37 + 33] = 12345; // z 1, y 17, x 33
        bytes = bytes_in(write_tiff(folder / "a.tif", copy, labels));
        const std::size_t at = bytes.find(bytes_of(std::vector<float>{12345.F}));
        REQUIRE(at != std::string::npos);
        bytes.replace(at, 4, bytes_of(std::vector<float>{0.5F}));
        CHECK_THROWS_WITH(read_all(folder.write("b.tif", bytes)), mentions("0.5 at voxel (z 1, y 17, x 33)"));
    }
}

TEST_CASE("an ImageJ file above 4 GB, one page with all planes behind it, is read whole")
{
    const ScratchFolder folder;
    const auto make = [&](const std::string& description, const char* mode) {
        const TiffSpec spec{.shape = {1, 20, 37},
                            .bits = 16,
                            .mode = mode,
                            .rows_per_strip = 20,
                            .more_tags = [&](TIFF* tiff, std::int64_t) {
                                TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, description.c_str());
                            }};
        return bytes_in(write_tiff(folder / "one.tif", spec, counted(740)));
    };
    // The pixels stand before the directory, so a file is put together that has them at its end.
    const Labels labels = counted(3 * 740);
    const std::string page = make("ImageJ=1.53t\nimages=3\nslices=3\n", "wl");
    const std::string first = bytes_of(as<std::uint16_t>(counted(740)));
    const std::size_t at = page.find(first);
    REQUIRE(at == 8);
    std::string moved = page;
    const std::string entry("\x11\x01\x04\x00\x01\x00\x00\x00\x08\x00\x00\x00", 12); // tag 273, one LONG: at byte 8
    const std::size_t offset = moved.find(entry);
    REQUIRE(offset != std::string::npos);
    const auto end = static_cast<std::uint32_t>(page.size());
    std::memcpy(moved.data() + offset + 8, &end, 4);
    moved += bytes_of(as<std::uint16_t>(labels));
    const std::string path = folder.write("stack.tif", moved);
    CHECK(format::open_image(path, {})->description().shape == Shape{3, 20, 37});
    CHECK(read_all(path) == labels);
    CHECK_THROWS_WITH(format::open_image(folder.write("cut.tif", moved.substr(0, moved.size() - 1)), {}),
                      mentions("cut off"));
    CHECK_THROWS_WITH(
        format::open_image(folder.write("c.tif", make("ImageJ=1.53t\nimages=6\nchannels=2\nslices=3\n", "wl")), {}),
        mentions("2 channels"));
}
