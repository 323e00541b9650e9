// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/input_file.hpp"
#include "format/image_reader.hpp"

#include <memory>
#include <string>

namespace lapilli::format {

/// True if the file is HDF5 by its signature, at its begin or behind a user block.
bool is_hdf5(const file::InputFile& file);

/// A 3-D dataset of integers, booleans or floats; dimensions of length 1 before and behind are dropped. Read by
/// hyperslabs with the serial driver. The attribute voxel_size_m [m] of the dataset or of the file gives the voxel size.
/// Where the voxels lie in one piece, the description says where.
/// @param dataset  its name, with or without the leading '/'; empty: the only one there is
/// @throws Error a damaged file, no such dataset (those that exist are listed)
std::unique_ptr<ImageReader> open_hdf5(const file::InputFile& file, const std::string& dataset);

} // namespace lapilli::format
