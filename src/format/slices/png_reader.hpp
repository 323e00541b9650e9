// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/input_file.hpp"
#include "format/image_reader.hpp"

#include <memory>

namespace lapilli::format {

/// One plane of PNG: 1 to 16 bits of grey, equal colours, or indices of a palette; labels are the stored numbers, interlaced
/// or not. A voxel size by pixels per metre, of cubes. Checksums are compared when the plane is read.
/// @throws Error what is not such a file, with libpng's reason
std::unique_ptr<ImageReader> open_png(file::InputFile file);

} // namespace lapilli::format
