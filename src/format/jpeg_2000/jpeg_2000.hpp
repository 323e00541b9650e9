// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/input_file.hpp"
#include "format/image_reader.hpp"

#include <memory>
#include <string>

namespace lapilli::format {

/// One plane of JPEG 2000 in grey, of 1 to 16 bits, packed without loss (wavelet 5-3). No voxel size is known.
/// @throws Error what is not such a file, with OpenJPEG's reason; any where the program was built without that library
std::unique_ptr<ImageReader> open_jpeg_2000(file::InputFile file);

/// Such a file, or a folder of such slices, in a process apart: the library has crashed on damaged files before. The `main`
/// of every program that calls this begins with serve_jpeg_2000.
std::unique_ptr<ImageReader> open_jpeg_2000_apart(const std::string& path);

/// The life of that process, by the arguments of `main`; it does not return. Nothing in all other processes.
void serve_jpeg_2000(int argc, const char* const* argv);

} // namespace lapilli::format
