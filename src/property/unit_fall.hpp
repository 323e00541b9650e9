// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/float4.hpp"
#include "image/pore_space.hpp"

#include <vector>

namespace lapilli::property {

/// A potential at the centres of the voxels that falls by 1 along the image: the unit gradient down the axis and what the
/// potential deviates from it, over the length. Of each owned pore, in canonical order.
/// @param deviation  [voxel], called as deviation(pore)
template <class Deviation>
std::vector<float> with_unit_fall(const image::PoreSpace& pores, Axis axis, Deviation&& deviation)
{
    const double length = pores.shape().along(axis);
    std::vector<float> potential(pores.pores());
    for (const auto& b : pores.owned_bricks())
        brick::for_each_pore(b, [&](int row, int x, int pore) {
            const double to_outlet = length - 0.5 - pores.coordinate(b, axis, row, x);
            potential[b.first + pore] = narrow((to_outlet + deviation(b.first + pore)) / length);
        });
    return potential;
}

} // namespace lapilli::property
