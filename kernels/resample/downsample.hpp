// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/axis.hpp"
#include "core/shape.hpp"

#include <cstdint>
#include <span>

namespace lapilli::resample {

/// What one voxel is made of several by.
enum class Reduction {
    majority, ///< the commonest value; of several the smallest, nan last
    mean      ///< in whole numbers rounded to the nearest, half to even
};

/// Voxels that become one, along each axis.
using Factors = PerAxis<std::int64_t>;

/// Without what is left over at the upper faces.
constexpr Shape downsampled(const Shape& shape, const Factors& factors)
{
    return {shape.nz / factors[Axis::z], shape.ny / factors[Axis::y], shape.nx / factors[Axis::x]};
}

/// One voxel of each block. Sums are exact for whole numbers, else in the order of the voxels in double precision.
/// @tparam T     any type of voxels
/// @param voxels shape (nz, ny, nx), x fastest
/// @param result of the downsampled shape
template <class T>
void downsample(std::span<const T> voxels, const Shape& shape, const Factors& factors, Reduction reduction,
                std::span<T> result);

} // namespace lapilli::resample
