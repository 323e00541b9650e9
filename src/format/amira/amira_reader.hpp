// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/input_file.hpp"
#include "format/image_reader.hpp"

#include <memory>

namespace lapilli::format {

/// A regular lattice of an Amira mesh (.am of Amira and Avizo): numbers as bytes in either order, packed by HxByteRLE or
/// not; of several per voxel the first. The size of the voxels by the bounding box, which Amira lays through the centres of
/// the outermost, where the unit is said. Packed ones are streamed.
/// @throws Error what is not such a file, or is cut off
std::unique_ptr<ImageReader> open_amira(file::InputFile file);

} // namespace lapilli::format
