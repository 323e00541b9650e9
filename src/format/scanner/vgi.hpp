// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/formats.hpp"
#include "format/headed/voxel_block.hpp"

namespace lapilli::format {

/// The text of a volume of VGStudio (.vgi): the file of its voxels (.vol), which lies beside it wherever that was written,
/// their type and their size. Axes are x, y, z. Of several volumes the first.
/// @throws Error a volume in several files, or packed, and what is no such text
VoxelBlock parse_vgi(std::string_view text, const std::string& path);

std::unique_ptr<ImageReader> open_vgi(Candidate candidate);

} // namespace lapilli::format
