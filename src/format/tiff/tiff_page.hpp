// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/paint.hpp"
#include "format/tiff/tiff_file.hpp"
#include "format/voxel_type.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace lapilli::format {

/// How one page (a z-plane) of a TIFF stands in the file.
struct TiffPage {
    std::int64_t ny = 0;
    std::int64_t nx = 0;
    int bits = 8;                   ///< of a number: 1, 8, 16, 32, 64
    int samples = 1;                ///< numbers of a voxel: 2 with opacity, 3 or 4 colours that must be equal (grey)
    VoxelType type = VoxelType::u8; ///< of 1 bit: u8
    std::uint16_t compression = 0;
    bool white_is_zero = false; ///< how 0 is painted; labels are the stored numbers all the same
    bool palette = false;       ///< numbers are indices of colours
    bool reduced = false;       ///< a thumbnail or a level of a pyramid: no plane of the image
    std::int64_t piece_ny = 0;  ///< rows of a strip or a tile
    std::int64_t piece_nx = 0;  ///< columns of a tile; nx for strips
    bool tiled = false;

    PaintedVoxel painted() const { return {static_cast<std::size_t>(samples), static_cast<std::size_t>(bits / 8)}; }
    /// Bytes of so many voxels of one row.
    std::int64_t row_bytes(std::int64_t voxels) const { return (voxels * samples * bits + 7) / 8; }
    std::int64_t bytes() const { return ny * row_bytes(nx); }
    std::int64_t piece_bytes() const { return piece_ny * row_bytes(piece_nx); }
    /// Whether both can be planes of one image.
    bool fits(const TiffPage& other) const
    {
        return ny == other.ny && nx == other.nx && bits == other.bits && samples == other.samples && type == other.type;
    }
};

/// The page at which `tiff` stands, the `number`-th of its file.
/// @throws Error colours that no grey can be, types of voxels that are no labels, compressions that libtiff was not built
/// for
TiffPage tiff_page(TiffFile& tiff, std::size_t number);

/// What is to be said of how its numbers are painted, a sentence each.
std::vector<std::string> remarks_on_paint(const std::string& path, const TiffPage& page);

/// "TIFF u16, LZW", "TIFF 1 bit, packbits"; with "white is zero" where that is so.
std::string text(const TiffPage& page);

} // namespace lapilli::format
