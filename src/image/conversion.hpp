// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "format/image_writer.hpp"
#include "image/image_source.hpp"
#include "parallel/communicator.hpp"
#include "resample/downsample.hpp"
#include "resample/orientation.hpp"
#include "resample/recode.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace lapilli::image {

/// What becomes of a part of an image on its way to another file, in this order.
struct Conversion {
    resample::Relabelling relabel = {};
    std::optional<format::VoxelType> type = std::nullopt; ///< absent: that of the file
    std::int64_t downsample = 1; ///< voxels along each axis that become one; axes of one voxel stay as they are
    resample::Reduction reduction = resample::Reduction::majority;
    resample::Orientation orientation = {};
    std::int64_t pad = 0; ///< voxels added at each face; none across an axis of one voxel
    std::int64_t pad_label = 0;
};

/// The shape of what is read, on its way to that of what is written.
struct ConvertedShapes {
    resample::Factors factors;
    Shape coarse; ///< downsampled
    Shape turned;
    PerAxis<std::int64_t> pad;
    Shape padded;

    ConvertedShapes(const Shape& region, const Conversion& conversion);
};

/// What will be written of an image. @param edges_m  of a voxel that is read
/// @throws Error there are fewer voxels than are to become one; the types have no value for a label
format::NewImage converted(const format::ImageDescription& image, const Region& region,
                           const std::optional<VoxelEdges>& edges_m, const Conversion& conversion);

/// What convert() takes of the memory of a rank, at most. [bytes]
std::int64_t bytes_to_convert(const format::ImageDescription& image, const Region& region, const Conversion& conversion,
                              int rank, int ranks);

/// Reads the part of an image layer by layer, each rank its own (of a stream rank 0 all), and gives the voxels of the slab
/// of the converted image that falls to this rank, which is all the memory that it takes besides some layers. Collective.
/// @throws Error the same on every rank: the file is damaged, or has a voxel that the new type cannot hold
std::vector<std::byte> convert(const parallel::Communicator& comm, format::ImageReader& reader, const Region& region,
                               const Conversion& conversion);

} // namespace lapilli::image
