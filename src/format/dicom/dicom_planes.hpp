// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/dicom/dicom_file.hpp"
#include "format/voxel_size.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lapilli::format {

/// A plane of a series: a frame of one of its files.
struct DicomPlane {
    std::string path;
    std::int64_t at = 0;                           ///< [bytes] of its voxels
    std::optional<double> along_mm = std::nullopt; ///< where it lies along the normal
    std::int64_t instance = 0;                     ///< number of its file
};

/// The planes of a series in order. @param path  of the series, for sentences
/// @throws Error files that are not alike or of several series, planes that stand twice or are missing
std::vector<DicomPlane> dicom_planes(const std::string& path, const std::vector<DicomFile>& files);

/// Edges by the spacing of the pixels and the distance of the planes. @param file  any of the series
VoxelSize dicom_voxel_size(const DicomFile& file, const std::vector<DicomPlane>& planes);

} // namespace lapilli::format
