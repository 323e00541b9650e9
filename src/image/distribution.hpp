// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"

#include <algorithm>

namespace lapilli::image {

/// The z-planes that `rank` of `ranks` reads, writes or generates: contiguous, cut at multiples of 16 planes (the edge of a
/// brick), empty for ranks that are left over.
constexpr PlaneRange slab_of(const Shape& shape, int rank, int ranks)
{
    const std::int64_t layers = (shape.nz + 15) / 16;
    const auto cut = [&](std::int64_t r) { return std::min(shape.nz, layers * r / ranks * 16); };
    return {cut(rank), cut(rank + 1)};
}

} // namespace lapilli::image
