// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/catch.hpp"
#include "tiff.hpp"

#include <random>

using namespace lapilli;
using namespace lapilli::test;

namespace {

constexpr Shape tiny_shape{3, 5, 19};

std::vector<TiffSpec> tiny_files()
{
    std::vector<TiffSpec> specs;
    for (const int compression : {COMPRESSION_NONE, COMPRESSION_LZW, COMPRESSION_ADOBE_DEFLATE, COMPRESSION_PACKBITS})
        for (const std::uint32_t tile : {0U, 16U})
            for (const char* mode : {"wl", "wb8"})
                specs.push_back({.shape = tiny_shape,
                                 .bits = tile ? 16 : 8,
                                 .compression = compression,
                                 .mode = mode,
                                 .rows_per_strip = 2,
                                 .tile = tile,
                                 .more_tags = [](TIFF* tiff, std::int64_t) {
                                     TIFFSetField(tiff, TIFFTAG_XRESOLUTION, 5000.F);
                                     TIFFSetField(tiff, TIFFTAG_YRESOLUTION, 5000.F);
                                     TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_CENTIMETER);
                                     TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, "ImageJ=1\nimages=3\nunit=cm\n");
                                 }});
    specs.push_back({.shape = tiny_shape, .bits = 1, .compression = COMPRESSION_CCITTFAX4});
    return specs;
}

Labels labels_for(const TiffSpec& spec) { return counted(tiny_shape.voxels(), spec.bits == 1 ? 2 : 251); }

/// Makes the tag of the first page of a small-endian TIFF a LONG of that value.
void set_long(std::string& bytes, std::uint16_t tag, std::uint32_t value)
{
    std::uint32_t directory = 0;
    std::uint16_t entries = 0;
    std::memcpy(&directory, bytes.data() + 4, 4);
    std::memcpy(&entries, bytes.data() + directory, 2);
    for (std::size_t at = directory + 2; at < directory + 2 + std::size_t{12} * entries; at += 12)
        if (std::memcmp(bytes.data() + at, &tag, 2) == 0) {
            constexpr std::uint16_t long_type = 4;
            std::memcpy(bytes.data() + at + 2, &long_type, 2);
            std::memcpy(bytes.data() + at + 8, &value, 4);
        }
}

/// Reads a damaged copy; an error of any kind but ours, or a crash, fails the test.
void try_to_read(const std::string& path)
{
    try {
        read_all(path);
    } catch (const Error& error) {
        CHECK(error.code() == ExitCode::wrong_input);
    }
}

/// Tries every so many lengths, others in each kind of file.
void check_cut_off_tiff(std::size_t step)
{
    const ScratchFolder folder;
    std::size_t first = 0;
    for (const TiffSpec& spec : tiny_files()) {
        const Labels labels = labels_for(spec);
        const std::string whole = bytes_in(write_tiff(folder / "a.tif", spec, labels));
        CapturedStderr captured(folder);
        bool good = true;
        for (std::size_t length = first++ % step; length < whole.size(); length += step)
            good &= is_refused_or_right(folder.write("cut.tif", whole.substr(0, length)), {}, labels);
        CHECK(captured.text().empty());
        CHECK(good);
    }
}

/// Makes every so many bytes another one.
void check_damaged_tiff(std::size_t step)
{
    const ScratchFolder folder;
    std::mt19937 random(7);
    std::size_t first = 0;
    for (const TiffSpec& spec : tiny_files()) {
        if (spec.mode == std::string("wb8") && spec.compression != COMPRESSION_LZW) continue; // BigTIFF once is enough
        const std::string whole = bytes_in(write_tiff(folder / "a.tif", spec, labels_for(spec)));
        CapturedStderr captured(folder);
        for (std::size_t at = first++ % step; at < whole.size(); at += step)
            for (const int value : {0, 0xff, static_cast<int>(random() % 256)}) {
                std::string bad = whole;
                bad[at] = static_cast<char>(value);
                try_to_read(folder.write("bad.tif", bad));
            }
        CHECK(captured.text().empty());
    }
}

} // namespace

TEST_CASE("a TIFF that is cut off gives an error or the right labels, and no word on stderr") { check_cut_off_tiff(5); }

TEST_CASE("a TIFF that is cut off anywhere gives an error or the right labels", "[slow]") { check_cut_off_tiff(1); }

TEST_CASE("a TIFF with damaged bytes gives labels or an error, and no word on stderr") { check_damaged_tiff(5); }

TEST_CASE("a TIFF with any byte damaged gives labels or an error, and no word on stderr", "[slow]")
{
    check_damaged_tiff(1);
}

TEST_CASE("a TIFF that promises more voxels than it can hold is refused before memory is taken")
{
    const ScratchFolder folder;
    for (const int compression : {COMPRESSION_NONE, COMPRESSION_LZW, COMPRESSION_ADOBE_DEFLATE, COMPRESSION_CCITTFAX4})
        for (const std::uint32_t tile : {0U, 16U}) {
            const int bits = compression == COMPRESSION_CCITTFAX4 ? 1 : 8;
            const TiffSpec spec{.shape = {1, 12, 14}, .bits = bits, .compression = compression, .mode = "wl", .tile = tile};
            const std::string good = bytes_in(write_tiff(folder / "a.tif", spec, counted(12 * 14, 2)));
            const auto promise = [&](std::uint16_t first, std::uint16_t second) {
                std::string bytes = good;
                set_long(bytes, first, 4'000'000'000);
                set_long(bytes, second, 4'000'000'000);
                return error_of_opening(folder.write("b.tif", bytes));
            };
            CHECK(promise(TIFFTAG_IMAGEWIDTH, TIFFTAG_IMAGELENGTH).code() == ExitCode::wrong_input);
            if (tile) CHECK(promise(TIFFTAG_TILEWIDTH, TIFFTAG_TILELENGTH).code() == ExitCode::wrong_input);
        }
}

TEST_CASE("a circle of pages is an error")
{
    const ScratchFolder folder;
    std::string bytes = bytes_in(write_tiff(folder / "a.tif", {.shape = {1, 4, 6}, .mode = "wl"}, counted(24)));
    std::uint32_t directory = 0;
    std::uint16_t entries = 0;
    std::memcpy(&directory, bytes.data() + 4, 4);
    std::memcpy(&entries, bytes.data() + directory, 2);
    std::memcpy(bytes.data() + directory + 2 + 12 * entries, &directory, 4);
    CHECK_THROWS_WITH(format::open_image(folder.write("b.tif", bytes), {}), mentions("circle"));
}

TEST_CASE("damaged fax data, of which libtiff only warns, are no labels")
{
    const ScratchFolder folder;
    const TiffSpec spec{.shape = {2, 20, 37}, .bits = 1, .compression = COMPRESSION_CCITTFAX4, .rows_per_strip = 20};
    const std::string whole = bytes_in(write_tiff(folder / "a.tif", spec, counted(2 * 20 * 37, 2)));
    for (std::size_t at = 8; at < whole.size(); ++at) {
        std::string bad = whole;
        bad[at] = static_cast<char>(~bad[at]);
        folder.write("bad.tif", bad);
        const auto plane = [&](bool after_another) { // what was read before must not show through
            try {
                const auto reader = format::open_image(folder / "bad.tif", {});
                if (after_another) read_planes(*reader, {0, 1});
                return read_planes(*reader, {1, 2});
            } catch (const Error&) {
                return Labels{};
            }
        };
        const Labels after = plane(true);
        CHECK((after.empty() || after == plane(false)));
    }
}

TEST_CASE("a tile that libtiff leaves unfinished without a word has the same labels whatever was read before")
{
    const auto reader = format::open_image(LAPILLI_SOURCE_DIR "/tests/fuzz/corpus/tiff/left-out", {});
    const auto plane = [&](std::int64_t z) { // refused: none
        try {
            return read_planes(*reader, {z, z + 1});
        } catch (const Error&) {
            return Labels{};
        }
    };
    const Labels damaged = plane(0);
    CHECK(plane(1) == counted(20 * 37, 2)); // whole; what stands in the buffer from now on
    CHECK(plane(0) == damaged);
}
