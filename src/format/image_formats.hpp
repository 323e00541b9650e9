// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/image_writer.hpp"

namespace lapilli::format {

/// Headerless, x fastest.
std::unique_ptr<ImageWriter> create_raw(const std::string& path, const Shape& shape);

/// Multi-page TIFF, unsigned 8 bit, black is zero, deflate.
std::unique_ptr<ImageWriter> create_tiff(const std::string& path, const Shape& shape,
                                         const std::optional<VoxelEdges>& voxel_edges_m);

/// HDF5 with the contiguous dataset "image", which any number of ranks can read in slabs.
std::unique_ptr<ImageWriter> create_hdf5(const std::string& path, const Shape& shape,
                                         const std::optional<VoxelEdges>& voxel_edges_m);

} // namespace lapilli::format
