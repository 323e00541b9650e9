// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"
#include "image/pore_space.hpp"

#include <cstdint>
#include <span>

namespace lapilli::image {

/// Cuts a layer of bricks out of its planes.
/// @param phases       shape (planes, ny, nx), x fastest; 0 for solid
/// @param keep_phases  else all pores are alike
void add_layer(const Shape& shape, std::int64_t first_plane, std::span<const std::uint8_t> phases, bool keep_phases,
               BrickSet& bricks);

} // namespace lapilli::image
