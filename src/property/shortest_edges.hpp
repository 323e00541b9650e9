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
    const auto edge = [&](int axis) { return pores.edges().along(all_axes[axis]); };
    for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j) sums[i][j] = edge(i) * edge(j) * sums[i][j] / pores.shape().voxels();
}

} // namespace lapilli::property
