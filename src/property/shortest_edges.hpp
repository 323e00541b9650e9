// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/pore_space.hpp"
#include "tensor/tensor.hpp"

namespace lapilli::property {

/// A tensor over the volume of the image [shortest edges of a voxel], from sums over its voxels whose gradients and fluxes
/// are measured in the edges along them.
inline void in_shortest_edges(Tensor& sums, const image::PoreSpace& pores)
{
    for (const Axis a : all_axes)
        for (const Axis b : all_axes) {
            auto& value = sums[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)];
            value = pores.edges().along(a) * pores.edges().along(b) * value / static_cast<double>(pores.shape().voxels());
        }
}

} // namespace lapilli::property
