// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Instead of jpeg_2000_reader.cpp and jpeg_2000_apart.cpp in a program without OpenJPEG.
#include "core/error.hpp"
#include "format/jpeg_2000/jpeg_2000.hpp"

namespace lapilli::format {

std::unique_ptr<ImageReader> open_jpeg_2000(file::InputFile file) { return open_jpeg_2000_apart(file.path()); }

std::unique_ptr<ImageReader> open_jpeg_2000_apart(const std::string& path)
{
    throw input_error("{} is JPEG 2000, for which this program was built without OpenJPEG; unpack each slice with "
                      "opj_decompress -i SLICE.jp2 -o SLICE.tif, of the package libopenjp2-tools",
                      path);
}

void serve_jpeg_2000(int /*argc*/, const char* const* /*argv*/) {}

} // namespace lapilli::format
