// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/input_file.hpp"
#include "format/image_reader.hpp"
#include "format/tiff/tiff_directories.hpp"

#include <memory>

namespace lapilli::format {

/// A TIFF or BigTIFF whose pages are the z-planes, all of one size and type: 1, 8, 16, 32 bits, unsigned, signed or float;
/// strips or tiles; any compression that libtiff was built with. Any plane can be read at any time; in order is fastest.
/// Labels are the stored numbers: that white is zero, or a palette, says only how they are painted. Pages marked as
/// reduced (thumbnails) are passed over. ImageJ's files above 4 GB, one page with all planes behind it, are known.
/// @throws Error what is not such a file, with libtiff's reason
std::unique_ptr<ImageReader> open_tiff(file::InputFile file);

} // namespace lapilli::format
