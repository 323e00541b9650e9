// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/image_source.hpp"
#include "scan/level_map.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace lapilli::scan {

/// This rank's part of a grey image.
struct GreyImage {
    format::ImageDescription description; ///< of the whole file
    PerAxis<std::int64_t> first{};        ///< voxel of the file where the image begins
    Shape shape;                          ///< after the crop
    PlaneRange planes;                    ///< slab_of this rank
    std::vector<Level> voxels;            ///< shape (planes.count(), ny, nx), x fastest
    LevelMap map;

    std::span<const Level> plane(std::int64_t z) const
    {
        return std::span(voxels).subspan((z - planes.first) * shape.plane(), shape.plane());
    }
};

/// Sees what the image will be before its voxels are read. Collective; may throw on all ranks.
using GreyCheck = std::function<void(const GreyImage& without_voxels)>;

/// Reads an image of any type. Bytes and words of 16 bits keep their values, those with sign moved up, and so do integers
/// with a range that fits; other types are spread over all levels between the least and the largest value of the whole image
/// but those that are rare and far off. All further work is on whole numbers, so that it has the same bits on any number of
/// ranks. Collective.
/// @param thresholds  ascending, at which values are to be parted to the last bit
/// @throws Error the same on every rank: not readable, a voxel that is no finite number
GreyImage read_grey(const parallel::Communicator& comm, const image::ImageSource& source,
                    std::span<const double> thresholds = {}, const GreyCheck& check = {});

} // namespace lapilli::scan
