// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"

#include <cstdint>
#include <vector>

namespace lapilli::image {

/// This rank's part of an image of labels.
struct LabelSlab {
    Shape shape;
    PlaneRange planes;                ///< slab_of this rank
    std::vector<std::uint8_t> labels; ///< shape (planes.count(), ny, nx), x fastest
};

} // namespace lapilli::image
