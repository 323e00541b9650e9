// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "property/percolation.hpp"

namespace lapilli::property {

Percolation percolation(const image::PoreSpace& pores, const image::Connectivity& connectivity, std::int64_t outside)
{
    Percolation result;
    result.boundary = pores.beyond();
    result.voxels = pores.shape().voxels() - outside;
    result.pores = pores.total_pores();
    result.components = connectivity.count;
    result.largest = connectivity.largest;
    for (const Axis axis : all_axes)
        result.axes[axis] = {connectivity.percolating[axis] > 0, connectivity.percolating[axis],
                             connectivity.connected_pores[axis]};
    return result;
}

} // namespace lapilli::property
