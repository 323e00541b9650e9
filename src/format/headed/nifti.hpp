// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/formats.hpp"
#include "format/headed/voxel_block.hpp"

namespace lapilli::format {

/// NIfTI-1 and -2 (.nii, .nii.gz, and .hdr with the voxels in .img). Axes are x, y, z. Lengths are in the unit that it
/// names; 1 x 1 x 1 mm is what its writers put when nobody said anything. Values are those that are stored, without its
/// scale.
/// @param bytes  the file's first, any
/// @throws Error what is no such header, or of several components
VoxelBlock parse_nifti(std::string_view bytes, const std::string& path);

/// Whether it is NIfTI, packed by gzip or not.
bool is_nifti(const Candidate& candidate);

std::unique_ptr<ImageReader> open_nifti(Candidate candidate);

} // namespace lapilli::format
