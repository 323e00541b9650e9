// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/axis.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace lapilli::property {

/// What cubes of one size have of a quantity.
struct CubeSpread {
    std::int64_t edge_voxels = 0;
    std::int64_t cubes = 0; ///< that were looked at
    double disjoint = 0;    ///< as many fit into the image side by side
    double voxels = 0;      ///< of a cube
    double mean = 0;        ///< of the quantity
    double deviation = 0;   ///< relative standard deviation from cube to cube, of the material and not of this image
};

/// A quantity that is the ratio of two sums over voxels, such as pores over voxels.
struct BrickRatio {
    std::vector<double> above, below; ///< of each brick, shape (nz, ny, nx) of `bricks`, x fastest
};

/// The spread of a ratio over all cubes of `edge` bricks, overlapping ones too, wherever they lie in a box of bricks. Cubes
/// in which what stands below is 0 do not count. The deviation from the mean of the image is smaller than that from the mean
/// of the material; of n independent cubes it has n - 1 parts of n.
/// @param bricks  that are full of voxels, along x, y, z; along an axis with one brick cubes have one, too
CubeSpread spread_of(const BrickRatio& ratio, const PerAxis<std::int64_t>& bricks, std::int64_t edge);

/// The same of cubes that lie apart, by their values.
CubeSpread spread_of(std::span<const double> values, std::int64_t edge_voxels, double voxels);

/// How a spread falls with the volume V of a cube: as V^(-exponent / 2). By the central limit theorem the exponent is 1
/// where what lies far apart has nothing to do with each other (Lantuejoul, J. Microsc. 161 (1991) 387).
struct SpreadFall {
    double exponent = 1;  ///< of the variance; never above 1
    double voxels = 0;    ///< of the largest cubes that count,
    double deviation = 0; ///< and their relative standard deviation, by the line through all that count

    /// Of a piece of so many voxels.
    double deviation_of(double of_voxels) const;
    /// Voxels of a piece with such a deviation.
    double voxels_for(double of_deviation) const;
};

/// By least squares, in logarithms, of cubes of which at least eight fit into the image side by side, and of those a quarter
/// as wide: smaller ones may not have come to where the law holds. Cubes of which many fit weigh most. Nothing where fewer
/// than two sizes count.
std::optional<SpreadFall> fall_of(std::span<const CubeSpread> sizes);

} // namespace lapilli::property
