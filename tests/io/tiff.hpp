// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "scratch.hpp"

#include <algorithm>
#include <cstring>
#include <functional>
#include <limits>
#include <memory>
#include <stdexcept>

#include <tiffio.h>

namespace lapilli::test {

/// How a TIFF is made, by libtiff itself. tile 0: strips.
struct TiffSpec {
    Shape shape{3, 20, 37};
    int bits = 8;
    int format = SAMPLEFORMAT_UINT;
    int compression = COMPRESSION_NONE;
    const char* mode = "w"; ///< "wl", "wb": little, big endian; "w8": BigTIFF
    std::uint32_t rows_per_strip = 7;
    std::uint32_t tile = 0;
    int photometric = PHOTOMETRIC_MINISBLACK;
    std::function<void(TIFF*, std::int64_t z)> more_tags = {};
};

using TiffHandle = std::unique_ptr<TIFF, void (*)(TIFF*)>;

inline TiffHandle create_tiff_file(const std::string& path, const char* mode = "w")
{
    TiffHandle tiff(TIFFOpen(path.c_str(), mode), TIFFClose);
    if (!tiff) throw std::runtime_error("libtiff cannot write " + path);
    return tiff;
}

/// One row (or a row of a tile, filled up with zeros) as TIFF stores it.
inline std::string tiff_row(const Labels& row, int bits, int format)
{
    if (bits == 1) {
        std::string bytes((row.size() + 7) / 8, '\0');
        for (std::size_t i = 0; i < row.size(); ++i)
            if (row[i] & 1) bytes[i / 8] = static_cast<char>(bytes[i / 8] | 0x80 >> i % 8);
        return bytes;
    }
    if (bits == 8) return bytes_of(as<std::uint8_t>(row));
    if (bits == 16) return bytes_of(as<std::uint16_t>(row));
    if (bits == 64) return format == SAMPLEFORMAT_IEEEFP ? bytes_of(as<double>(row)) : bytes_of(as<std::int64_t>(row));
    return format == SAMPLEFORMAT_IEEEFP ? bytes_of(as<float>(row)) : bytes_of(as<std::int32_t>(row));
}

/// The rectangle of a plane, zeros outside the image.
inline std::string tiff_piece(const Labels& labels, const TiffSpec& spec, std::int64_t z, std::int64_t y0, std::int64_t x0,
                              std::int64_t rows, std::int64_t columns)
{
    std::string bytes;
    for (std::int64_t y = y0; y < y0 + rows; ++y) {
        Labels row(static_cast<std::size_t>(columns));
        for (std::int64_t x = x0; x < std::min(spec.shape.nx, x0 + columns); ++x)
            if (y < spec.shape.ny)
                row[static_cast<std::size_t>(x - x0)] =
                    labels[static_cast<std::size_t>((z * spec.shape.ny + y) * spec.shape.nx + x)];
        bytes += tiff_row(row, spec.bits, spec.format);
    }
    return bytes;
}

inline void set_tags(TIFF* tiff, const TiffSpec& spec)
{
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(spec.shape.nx));
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(spec.shape.ny));
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, spec.bits);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT, spec.format);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, spec.photometric);
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, spec.compression);
    if (spec.tile != 0) {
        TIFFSetField(tiff, TIFFTAG_TILEWIDTH, spec.tile);
        TIFFSetField(tiff, TIFFTAG_TILELENGTH, spec.tile);
    } else {
        TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, spec.rows_per_strip);
    }
}

inline void write_tiff_page(TIFF* tiff, const TiffSpec& spec, const Labels& labels, std::int64_t z)
{
    set_tags(tiff, spec);
    if (spec.more_tags) spec.more_tags(tiff, z);
    const std::int64_t step_y = spec.tile ? spec.tile : spec.rows_per_strip;
    const std::int64_t step_x = spec.tile ? spec.tile : spec.shape.nx;
    std::uint32_t piece = 0;
    for (std::int64_t y = 0; y < spec.shape.ny; y += step_y)
        for (std::int64_t x = 0; x < spec.shape.nx; x += step_x) {
            const std::int64_t rows = spec.tile ? step_y : std::min(step_y, spec.shape.ny - y);
            std::string bytes = tiff_piece(labels, spec, z, y, x, rows, step_x);
            const auto size = static_cast<tmsize_t>(bytes.size());
            const tmsize_t written = spec.tile ? TIFFWriteEncodedTile(tiff, piece++, bytes.data(), size)
                                               : TIFFWriteEncodedStrip(tiff, piece++, bytes.data(), size);
            if (written != size) throw std::runtime_error("libtiff cannot write a piece");
        }
    TIFFWriteDirectory(tiff);
}

inline std::string write_tiff(const std::string& path, const TiffSpec& spec, const Labels& labels)
{
    const TiffHandle tiff = create_tiff_file(path, spec.mode);
    for (std::int64_t z = 0; z < spec.shape.nz; ++z) write_tiff_page(tiff.get(), spec, labels, z);
    return path;
}

} // namespace lapilli::test
