// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/formats.hpp"
#include "format/headed/voxel_block.hpp"
#include "format/type_words.hpp"

namespace lapilli::format {

/// The shortest of several for each type; those of C are read, too.
inline constexpr TypeWords nrrd_types{
    {"uint8", "int8", "uint16", "int16", "uint32", "int32", "uint64", "int64", "float", "double"}};

/// The header of NRRD, of Teem and 3D Slicer (.nrrd, and .nhdr with the voxels in a file beside). Axes are x, y, z. Lengths
/// are in the unit that it names; in the spaces of medicine that is mm where it names none, and 1 x 1 x 1 says nothing.
/// @param text  the file's first bytes, any
/// @throws Error what is no such header, or says what is not read: text, several components, a list of files
VoxelBlock parse_nrrd(std::string_view text, const std::string& path);

std::unique_ptr<ImageReader> open_nrrd(Candidate candidate);

} // namespace lapilli::format
