// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/distribution.hpp"
#include "scan/segment.hpp"
#include "support/made_image.hpp"

#include <algorithm>
#include <cstdint>

namespace lapilli::test {

/// This rank's part of a grey image made from a function of the voxel.
template <class Grey>
scan::GreyImage make_grey(const parallel::Communicator& comm, const Shape& shape, Grey&& level)
{
    scan::GreyImage grey{.shape = shape, .planes = image::slab_of(shape, comm.rank(), comm.size())};
    grey.description.path = "made.raw";
    for (auto z = grey.planes.first; z < grey.planes.last; ++z)
        for (std::int64_t y = 0; y < shape.ny; ++y)
            for (std::int64_t x = 0; x < shape.nx; ++x)
                grey.voxels.push_back(static_cast<scan::Level>(std::clamp(std::lround(level(x, y, z)), 0L, 65535L)));
    return grey;
}

/// Noise with a normal distribution, nearly, of standard deviation 1: the sum of twelve numbers between 0 and 1.
inline double normal_noise(std::int64_t x, std::int64_t y, std::int64_t z, std::uint64_t seed)
{
    double sum = -6;
    for (std::uint64_t i = 0; i < 12; ++i) sum += noise(x, y, z, 12 * seed + i);
    return sum;
}

/// Grey values of rounded pores with noise, and some darker grains in the solid.
inline double grey_rock(std::int64_t x, std::int64_t y, std::int64_t z)
{
    const double v = smooth_noise(x, y, z, 4);
    return (v < 0.495 ? 20000 : v < 0.52 ? 27000 : 36000) + 2500 * normal_noise(x, y, z, 9);
}

} // namespace lapilli::test
