// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/image_source.hpp"
#include "segmentation/plane_stack.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace lapilli::scan {

using segmentation::Level;

/// Which values of the file the grey levels 0 ... 65535 stand for: first + step * level.
struct LevelMap {
    double first = 0;
    double step = 1;

    double value(double level) const { return first + step * level; }
    /// The levels below it are those of values below a threshold; 0 ... 65536.
    std::int32_t cut(double threshold) const
    {
        return static_cast<std::int32_t>(std::clamp(std::ceil((threshold - first) / step), 0.0, 65536.0));
    }
    /// The threshold half-way between the levels that a cut parts.
    double threshold(std::int32_t cut) const { return value(cut - 0.5); }
};

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

/// Reads an image of any type. Bytes and words of 16 bits keep their values, those with sign moved up; wider types are
/// spread over all levels between the least and the largest value of the whole image, integers with a range that fits by
/// steps of one. All further work is on whole numbers, so that it has the same bits on any number of ranks. Collective.
/// @throws Error the same on every rank: not readable, a voxel that is no finite number
GreyImage read_grey(const parallel::Communicator& comm, const image::ImageSource& source, const GreyCheck& check = {});

} // namespace lapilli::scan
