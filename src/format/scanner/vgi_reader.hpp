// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/input_file.hpp"
#include "format/image_reader.hpp"

#include <memory>

namespace lapilli::format {

/// A volume of VGStudio: a text (.vgi) that names the file of its voxels (.vol), which lies beside it, their type and size.
/// @throws Error what is not such a file, is packed or in several files, or is cut off
std::unique_ptr<ImageReader> open_vgi(file::InputFile file);

} // namespace lapilli::format
