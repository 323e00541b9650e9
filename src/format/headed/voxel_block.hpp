// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/image_reader.hpp"
#include "format/packed/byte_stream.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lapilli::format {

/// What the header of a file says: an image, and where its voxels lie in one piece, how they are packed, and what stands
/// before them. All formats of "a header, then the voxels" come to this, and are read by open_block.
struct VoxelBlock {
    std::string format = {}; ///< for people: "NRRD"
    Shape shape = {};
    VoxelType type = VoxelType::u8;
    bool big_endian = false;
    bool z_fastest = false; ///< z is the fastest index and x the slowest, as in Fortran's order of an array [z, y, x]

    std::string file = {};                             ///< beside the header, as that names it; empty: its own
    std::int64_t offset = 0;                           ///< [bytes] of the first one there
    bool at_end = false;                               ///< the voxels are the last bytes of the file; `offset` says nothing
    std::optional<std::int64_t> size = std::nullopt;   ///< [bytes] from there on, as they are stored; nothing: to the end
    bool base64 = false;                               ///< these are letters, the bytes of which ...
    std::int64_t before_packed = 0;                    ///< ... so many are passed over, and ...
    Packing packing = Packing::none;                   ///< ... the others unpacked, and of what comes out ...
    std::optional<std::uint32_t> crc32 = std::nullopt; ///< ... is compared with this, where it stands, and ...
    std::int64_t before = 0;                           ///< ... so many are passed over before the first voxel

    std::optional<VoxelEdges> voxel_edges_m = std::nullopt;
    std::string voxel_by = "its header";   ///< who says them, if somebody does
    std::vector<std::string> remarks = {}; ///< as those of ImageDescription
    std::vector<std::string> voxel_remarks = {};
};

/// Opens the voxels. Those that are not packed and have no checksum can be read in any order, others are streamed.
/// @param path  of the file with the header
/// @param part  which of its arrays, for what people see; empty: it has one
/// @throws Error a file beside that is not there or not beside, one that is too short, and what cannot be its voxels
std::unique_ptr<ImageReader> open_block(const std::string& path, const std::string& part, const VoxelBlock& block);

/// The first bytes of a file, as many as headers of text have at most. @throws Error as of InputFile
std::string head_of(const file::InputFile& file);

/// Refuses an array that is no image, with its lengths in the order of the file. @throws Error always
[[noreturn]] void refuse_array(const std::string& path, const std::vector<std::int64_t>& lengths);

/// "2x3x4": lengths in the given order.
std::string lengths_text(const std::vector<std::int64_t>& lengths);

/// The remark about edges that are given without a unit that is known.
std::string unknown_unit(std::string_view format, std::string_view lengths, std::string_view unit);

} // namespace lapilli::format
