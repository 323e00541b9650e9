// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"
#include "image/pore_space.hpp"

#include <functional>
#include <span>

namespace lapilli::image {

/// Takes some planes of a field of the whole image, shape (n, ny, nx, components), x and then the components fastest.
template <class T>
using TakePlanes = std::function<void(PlaneRange, std::span<const T>)>;

/// Sends a field from the bricks to whole layers of 16 planes (the last may have fewer), in the order of z, one a rank at a
/// time: the n-th call has the layers n·ranks, n·ranks + 1, ... on ranks 0, 1, .... Every rank calls `take` equally often,
/// with an empty range where there is no layer left; so `take` may be collective. Voxels that are no pores are 0.
/// Collective.
/// @param values      `components` for each owned pore, one pore after the other in canonical order; more are not looked at
/// @param components  of the field, e.g. 3 for x, y, z of a velocity
template <class T>
void to_layers(const PoreSpace& pores, std::span<const T> values, int components, const TakePlanes<T>& take);

} // namespace lapilli::image
