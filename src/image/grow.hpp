// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/pore_space.hpp"

namespace lapilli::image {

enum class Growth { grow, shrink };

/// The pores and every cell that touches one by a face, or without every pore that touches solid by a face; the border of
/// the image is neither. For small images: every rank sees all bricks. One phase. Collective.
/// @param bricks  this rank's part of a sealed image
BrickSet grown(const parallel::Communicator& comm, const Shape& shape, const BrickSet& bricks, Growth growth);

} // namespace lapilli::image
