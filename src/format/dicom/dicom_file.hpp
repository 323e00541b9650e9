// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/input_file.hpp"
#include "format/voxel_type.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lapilli::format {

/// What a DICOM file says of its frames, which are planes that lie one behind the other.
struct DicomFile {
    std::string path;
    std::string series;          ///< its number in the world
    std::int64_t ny = 0, nx = 0; ///< 0: the file has no picture
    std::int64_t frames = 1;
    std::int64_t instance = 0;   ///< its number in the series
    int bits = 0, bits_used = 0; ///< of a voxel
    bool is_signed = false;
    bool white_is_zero = false, palette = false;
    std::int64_t pixels_at = 0;                      ///< [bytes]
    std::optional<std::array<double, 2>> spacing_mm; ///< of rows (y) and of columns (x)
    std::optional<double> apart_mm, thickness_mm;    ///< of slices: between their middles, and of each
    std::optional<std::array<double, 6>> directions; ///< of the rows and of the columns
    std::vector<std::array<double, 3>> positions;    ///< of each frame, where the file says them [mm]
    double slope = 1, intercept = 0;                 ///< from the stored numbers to those of the scanner

    VoxelType type() const;
    std::int64_t frame_bytes() const { return ny * nx * bits / 8; }
    /// Where a frame lies along the normal of the planes [mm]; nothing if that is not said.
    std::optional<double> along(std::int64_t frame) const;
};

/// True if the file has the mark of DICOM.
bool is_dicom(const file::InputFile& file);

/// @throws Error pixels that are packed, in colours, of other widths or beyond the end of the file, or a damaged file
DicomFile dicom_file(const file::InputFile& file);

} // namespace lapilli::format
