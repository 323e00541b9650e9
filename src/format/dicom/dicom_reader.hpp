// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/image_reader.hpp"

#include <memory>
#include <string>

namespace lapilli::format {

/// Whether a folder holds a series of DICOM: at least as many files that are no slices of pictures by their names, and one
/// of the first of them has the mark of DICOM.
bool is_dicom_folder(const std::string& folder);

/// A series of DICOM: a folder of files with a plane each, or one file with all of them, plain pixels of 8, 16 or 32 bits.
/// Planes stand in the order of their positions along the normal, or of their numbers where none is said; they are equally
/// far apart. Voxels are the stored numbers. Edges by the spacing of pixels and the distance of planes.
/// @throws Error several series, missing planes, files that are not alike, packed pixels, damaged files
std::unique_ptr<ImageReader> open_dicom_folder(const std::string& folder);
std::unique_ptr<ImageReader> open_dicom(const std::string& file);

} // namespace lapilli::format
