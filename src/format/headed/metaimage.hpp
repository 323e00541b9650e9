// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/formats.hpp"
#include "format/headed/voxel_block.hpp"
#include "format/type_words.hpp"

namespace lapilli::format {

inline constexpr TypeWords metaimage_types{{"MET_UCHAR", "MET_CHAR", "MET_USHORT", "MET_SHORT", "MET_UINT", "MET_INT",
                                            "MET_ULONG_LONG", "MET_LONG_LONG", "MET_FLOAT", "MET_DOUBLE"}};

/// The header of MetaImage, of ITK (.mha, and .mhd with the voxels in a file beside). Axes are x, y, z. Lengths are in mm;
/// 1 x 1 x 1 is what its writers put when nobody said anything.
/// @param text  the file's first bytes, any
/// @throws Error what is no such header, or says what is not read: text, several channels, a list of files
VoxelBlock parse_metaimage(std::string_view text, const std::string& path);

std::unique_ptr<ImageReader> open_metaimage(Candidate candidate);

} // namespace lapilli::format
