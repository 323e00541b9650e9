// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/brick.hpp"
#include "core/shape.hpp"

#include <algorithm>
#include <cstdint>
#include <span>

namespace lapilli::brick {

/// Cuts one layer of bricks out of its planes of voxels: calls take(bx, by, mask) for every brick with a voxel that is not
/// zero.
/// @param voxels  shape (planes, ny, nx), planes <= 16, x fastest
template <class Take>
void cut_layer(std::span<const std::uint8_t> voxels, std::int64_t planes, std::int64_t ny, std::int64_t nx, Take&& take);

/// The 16 (at the border fewer) voxels from `row` on as bits: set where not zero.
std::uint16_t row_bits(const std::uint8_t* row, std::int64_t voxels);

template <class Take>
void cut_layer(std::span<const std::uint8_t> voxels, std::int64_t planes, std::int64_t ny, std::int64_t nx, Take&& take)
{
    for (std::int64_t by = 0; by * edge < ny; ++by)
        for (std::int64_t bx = 0; bx * edge < nx; ++bx) {
            Mask mask;
            std::uint16_t any = 0;
            for (std::int64_t z = 0; z < planes; ++z)
                for (std::int64_t y = by * edge; y < std::min(ny, (by + 1) * edge); ++y) {
                    const auto bits = row_bits(&voxels[(z * ny + y) * nx + bx * edge], nx - bx * edge);
                    mask.row[z * edge + y % edge] = bits;
                    any |= bits;
                }
            if (any != 0) take(bx, by, mask);
        }
}

} // namespace lapilli::brick
