// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/image_writer.hpp"

namespace lapilli::format {

/// Headerless, x fastest, in the order of bytes of this machine.
std::unique_ptr<ImageWriter> create_raw(const std::string& path, const NewImage& image);

/// Multi-page TIFF, black is zero, deflate.
std::unique_ptr<ImageWriter> create_tiff(const std::string& path, const NewImage& image);

/// HDF5 with the contiguous dataset "image", which any number of ranks can read in slabs.
std::unique_ptr<ImageWriter> create_hdf5(const std::string& path, const NewImage& image);

} // namespace lapilli::format
