// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/input_file.hpp"
#include "format/image_reader.hpp"

#include <memory>

namespace lapilli::format {

/// One plane of BMP, not packed: 1, 4 or 8 bits, which are indices of a palette, or equal colours of 24 or 32 bits; rows
/// from below or from above. Labels are the stored numbers. A voxel size by pixels per metre, of cubes.
/// @throws Error what is not such a file
std::unique_ptr<ImageReader> open_bmp(file::InputFile file);

} // namespace lapilli::format
