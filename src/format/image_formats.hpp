// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/image_writer.hpp"

namespace lapilli::format {

/// Multi-page TIFF, black is zero, deflate, one page a plane; voxel size in the resolution tags and the description; BigTIFF
/// from 4 GB on.
std::unique_ptr<ImageWriter> create_tiff(const std::string& path, const NewImage& image);

/// Headerless, x fastest, in the order of bytes of this machine.
std::unique_ptr<ImageWriter> create_raw(const std::string& path, const NewImage& image);

/// HDF5 with the contiguous dataset "image", which any number of ranks can read in slabs; attributes voxel_size_m and
/// program_version.
std::unique_ptr<ImageWriter> create_hdf5(const std::string& path, const NewImage& image);

/// MetaImage of one file, uncompressed; lengths in mm.
std::unique_ptr<ImageWriter> create_metaimage(const std::string& path, const NewImage& image);

/// NRRD 4 with raw voxels; lengths in mm.
std::unique_ptr<ImageWriter> create_nrrd(const std::string& path, const NewImage& image);

/// NumPy's .npy 1.0, shape (nz, ny, nx), which has no place for a voxel size.
std::unique_ptr<ImageWriter> create_npy(const std::string& path, const NewImage& image);

/// VTK's image, with voxels as data of cells, appended raw; lengths in metres.
std::unique_ptr<ImageWriter> create_vti(const std::string& path, const NewImage& image);

/// OME-Zarr 0.4 (a folder, Zarr version 2) of one level, in cubes of 64 voxels packed by zlib; lengths in micrometres.
std::unique_ptr<ImageWriter> create_zarr(const std::string& path, const NewImage& image);

} // namespace lapilli::format
