// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/tiff/tiff_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace lapilli::format {
namespace {

std::string compression_name(std::uint16_t scheme)
{
    switch (scheme) {
    case COMPRESSION_NONE:
        return "uncompressed";
    case COMPRESSION_LZW:
        return "LZW";
    case COMPRESSION_ADOBE_DEFLATE:
    case COMPRESSION_DEFLATE:
        return "deflate";
    case COMPRESSION_PACKBITS:
        return "packbits";
    case COMPRESSION_CCITTFAX3:
    case COMPRESSION_CCITTFAX4:
        return "fax";
    case COMPRESSION_LERC:
        return "LERC";
    case COMPRESSION_OJPEG:
    case COMPRESSION_JPEG:
        return "JPEG";
    case 34712:
        return "JPEG 2000";
    case 34925:
        return "LZMA";
    case 50000:
        return "zstd";
    case 50001:
        return "WebP";
    default:
        return "compression " + std::to_string(scheme);
    }
}

std::optional<VoxelType> type_of(int bits, std::uint16_t format)
{
    const bool is_signed = format == SAMPLEFORMAT_INT;
    if (format == SAMPLEFORMAT_IEEEFP && bits == 32) return VoxelType::f32;
    if (format == SAMPLEFORMAT_IEEEFP && bits == 64) return VoxelType::f64;
    if (format != SAMPLEFORMAT_UINT && format != SAMPLEFORMAT_VOID && !is_signed) return std::nullopt;
    switch (bits) {
    case 1:
        return VoxelType::u8;
    case 8:
        return is_signed ? VoxelType::i8 : VoxelType::u8;
    case 16:
        return is_signed ? VoxelType::i16 : VoxelType::u16;
    case 32:
        return is_signed ? VoxelType::i32 : VoxelType::u32;
    case 64:
        return is_signed ? VoxelType::i64 : VoxelType::u64;
    default:
        return std::nullopt;
    }
}

std::uint16_t short_tag(TiffFile& tiff, std::uint32_t tag)
{
    std::uint16_t value = 0;
    TIFFGetFieldDefaulted(tiff.get(), tag, &value);
    return value;
}

std::int64_t long_tag(TiffFile& tiff, std::uint32_t tag)
{
    std::uint32_t value = 0;
    TIFFGetFieldDefaulted(tiff.get(), tag, &value);
    return value;
}

/// One number per voxel, one with opacity, or red, green and blue that may turn out to be equal.
bool may_be_grey(TiffFile& tiff, const TiffPage& page)
{
    const std::uint16_t painted = short_tag(tiff, TIFFTAG_PHOTOMETRIC);
    if (page.samples == 1) return true;
    if (short_tag(tiff, TIFFTAG_PLANARCONFIG) != PLANARCONFIG_CONTIG || (page.bits != 8 && page.bits != 16)) return false;
    if (page.samples == 2) return painted == PHOTOMETRIC_MINISBLACK || painted == PHOTOMETRIC_MINISWHITE;
    return (page.samples == 3 || page.samples == 4) && painted == PHOTOMETRIC_RGB;
}

void require_labels(TiffFile& tiff, std::size_t number, const TiffPage& page)
{
    const std::uint16_t format = short_tag(tiff, TIFFTAG_SAMPLEFORMAT);
    if (!may_be_grey(tiff, page))
        throw input_error(
            "{}, page {}, has {} colours, but one number per voxel is expected; convert it, in Fiji with Image > "
            "Type > 8-bit",
            tiff.path(), number, page.samples);
    if (page.compression == COMPRESSION_OJPEG || page.compression == COMPRESSION_JPEG)
        throw input_error("{}, page {}, is packed by JPEG, which changes labels; save the original with deflate, LZW or "
                          "uncompressed",
                          tiff.path(), number);
    constexpr std::uint32_t depth_tag = 32997;
    if (const auto depth = long_tag(tiff, depth_tag); depth > 1)
        throw input_error(
            "{}, page {}, holds {} slices at once (ImageDepth), but a page for each is expected; save it again "
            "as a stack of pages",
            tiff.path(), number, depth);
    if (!type_of(page.bits, format))
        throw input_error("{}, page {}, has {}-bit voxels of format {}, but whole numbers of 1, 8, 16, 32 or 64 bits or "
                          "floats of 32 or 64 "
                          "bits are expected; convert it",
                          tiff.path(), number, page.bits, format);
    if (!TIFFIsCODECConfigured(page.compression))
        throw input_error(
            "{}, page {}, is packed by {}, which the libtiff of this program cannot unpack; save it with deflate, LZW or "
            "uncompressed",
            tiff.path(), number, compression_name(page.compression));
    if (page.nx < 1 || page.ny < 1 || page.piece_nx < 1 || page.piece_ny < 1)
        throw input_error("{}, page {}, has {} x {} voxels in pieces of {} x {}; the file is damaged, write it again",
                          tiff.path(), number, page.nx, page.ny, page.piece_nx, page.piece_ny);
}

} // namespace

TiffPage tiff_page(TiffFile& tiff, std::size_t number)
{
    TiffPage page;
    page.ny = long_tag(tiff, TIFFTAG_IMAGELENGTH);
    page.nx = long_tag(tiff, TIFFTAG_IMAGEWIDTH);
    page.bits = short_tag(tiff, TIFFTAG_BITSPERSAMPLE);
    page.samples = short_tag(tiff, TIFFTAG_SAMPLESPERPIXEL);
    page.type = type_of(page.bits, short_tag(tiff, TIFFTAG_SAMPLEFORMAT)).value_or(VoxelType::u8);
    page.compression = short_tag(tiff, TIFFTAG_COMPRESSION);
    page.white_is_zero = short_tag(tiff, TIFFTAG_PHOTOMETRIC) == PHOTOMETRIC_MINISWHITE;
    page.palette = short_tag(tiff, TIFFTAG_PHOTOMETRIC) == PHOTOMETRIC_PALETTE;
    page.reduced = (long_tag(tiff, TIFFTAG_SUBFILETYPE) & FILETYPE_REDUCEDIMAGE) != 0;
    page.tiled = TIFFIsTiled(tiff.get()) != 0;
    if (page.tiled) {
        page.piece_ny = long_tag(tiff, TIFFTAG_TILELENGTH);
        page.piece_nx = long_tag(tiff, TIFFTAG_TILEWIDTH);
    } else {
        page.piece_ny = std::min(page.ny, long_tag(tiff, TIFFTAG_ROWSPERSTRIP));
        page.piece_nx = page.nx;
    }
    require_labels(tiff, number, page);
    return page;
}

std::vector<std::string> remarks_on_paint(const std::string& path, const TiffPage& page)
{
    std::vector<std::string> remarks;
    if (page.white_is_zero && page.bits > 1)
        remarks.push_back(fmt::format("{} paints 0 white (MINISWHITE), so viewers may show its numbers inverted; labels are "
                                      "the numbers that are stored",
                                      path));
    if (page.palette) remarks.push_back(palette_remark(path));
    if (page.painted().has_opacity()) remarks.push_back(opacity_remark(path));
    return remarks;
}

std::string text(const TiffPage& page)
{
    std::string kind = page.bits == 1 ? "1 bit" : std::string(name(page.type));
    if (page.bits == 64) kind = kind.substr(0, 1) + "64";
    if (page.samples > 1) kind += page.samples == 2 ? " with opacity" : " of equal colours";
    return "TIFF " + kind + ", " + compression_name(page.compression) + (page.white_is_zero ? ", white is zero" : "");
}

} // namespace lapilli::format
