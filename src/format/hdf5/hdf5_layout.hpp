// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"
#include "format/hdf5/hdf5_handle.hpp"
#include "format/voxel_type.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lapilli::format {

/// How the voxels of an HDF5 dataset are stored, and how they are asked for.
struct Hdf5Layout {
    Shape shape;
    VoxelType type = VoxelType::u8; ///< of float16: f32
    bool bits = false;              ///< bit fields, read as unsigned numbers
    int rank = 3;
    int first_axis = 0;           ///< the axis that is z; those before it and behind x have length 1
    std::int64_t chunk_nz = 1;    ///< planes that are packed together; 1 if not chunked
    std::int64_t chunk_bytes = 0; ///< of one chunk, unpacked; 0 if not chunked
    double chunks = 1;            ///< number of chunks that cover the image
    bool sound = true;            ///< false: lengths beyond their own limits, on which HDF5 1.10 reads out of bounds
};

/// The layout of a dataset that can be an image: three dimensions (besides ones of length 1) of integers, bit fields,
/// booleans or floats. Nothing for other datasets.
std::optional<Hdf5Layout> hdf5_layout(hid_t dataset);

/// The type of this machine that holds such voxels.
hid_t native_type(VoxelType type);
/// The same for a dataset's voxels as they are.
hid_t memory_type(const Hdf5Layout& layout);

/// A dataset of a file that can be an image.
struct Hdf5Candidate {
    std::string name; ///< with the leading '/'
    Hdf5Layout layout;
};

/// All of them, in the order of their names, each once; links to files that are there are followed.
std::vector<Hdf5Candidate> hdf5_candidates(hid_t file);

} // namespace lapilli::format
