// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"
#include "core/voxel_edges.hpp"
#include "format/voxel_type.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lapilli::format {

/// What a file beside a headerless one, or its name, says of its voxels.
struct RawClaim {
    std::string by = {}; ///< "rock.raw.json", "its name"
    std::optional<Shape> shape = std::nullopt;
    std::optional<VoxelType> type = std::nullopt;
    std::optional<bool> big_endian = std::nullopt;
    std::optional<std::int64_t> header = std::nullopt; ///< as RawFormat's
    std::optional<VoxelEdges> voxel_edges_m = std::nullopt;
    std::string of_file = {};  ///< name of the file that is meant; empty: the one beside
    bool by_name = false;      ///< whose three lengths are x, y, z by habit only
    bool type_by_size = false; ///< u8, u16 or f32, by the bytes there are for a voxel
    bool odd_unit = false;     ///< says a voxel size, but in no unit that is known
    std::string note = {};     ///< what is doubtful about it, for the end of a sentence

    friend bool operator==(const RawClaim&, const RawClaim&) = default;
};

/// The forms of files beside, each from its text, any bytes. Nothing if it is not of that form, or not plain: compressed
/// otherwise than by gzip, of several channels, of a type that raw files are not read with.

/// The record that `lapilli` writes beside images.
std::optional<RawClaim> claim_of_record(std::string_view text);
/// PyHST's, of ESRF: "NUM_X = 400", "voxelSize = 5.0" [µm], "BYTEORDER = LOWBYTEFIRST".
std::optional<RawClaim> claim_of_pyhst(std::string_view text);
/// What ImageJ shows by Image > Show Info: "Width: 400 pixels", "Bits per pixel: 8", "Voxel size: 5x5x5 micron^3".
std::optional<RawClaim> claim_of_imagej(std::string_view text);
/// MetaImage's header, whose lengths are in mm; 1 x 1 x 1 is what its writers put when nobody said anything.
std::optional<RawClaim> claim_of_metaimage(std::string_view text);
/// NRRD's detached header.
std::optional<RawClaim> claim_of_nrrd(std::string_view text);

/// "berea_400x300x200_u8.raw": three lengths, x by y by z as other programs have it, and a type (u8, uint8, 8bit, ...). The
/// name may have more or fewer of other things; if it has several triples of lengths, nothing is taken from it.
std::optional<RawClaim> claim_of_name(std::string_view file_name);

} // namespace lapilli::format
