// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/hdf5/hdf5_layout.hpp"
#include "format/image_reader.hpp"

#include <optional>
#include <string>

namespace lapilli::format {

/// Where the voxels of a dataset lie in its file, if they do so in one piece and as numbers of this machine, but for the
/// order of their bytes. Nothing where HDF5 has to unpack, collect or convert them, or where they reach beyond the file.
/// @param file  that holds the dataset
std::optional<PlainVoxels> hdf5_plain(const std::string& file, hid_t dataset, const Hdf5Layout& layout);

} // namespace lapilli::format
