// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/input_file.hpp"
#include "format/image_reader.hpp"

#include <memory>

namespace lapilli::format {

/// A scan of Scanco's (.isq): 16 bits with sign behind a header of blocks of 512 bytes, and the size of the voxels.
/// @throws Error what is not such a file, or is cut off
std::unique_ptr<ImageReader> open_isq(file::InputFile file);

} // namespace lapilli::format
