// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>

namespace lapilli::morphology {

/// Squared edges of a voxel along x, y, z in ratios of whole numbers, 1 to 16: the squared length of (dx, dy, dz) is
/// w_x dx² + w_y dy² + w_z dz².
struct Weights {
    std::array<int, 3> squared_edge{1, 1, 1};
    friend bool operator==(const Weights&, const Weights&) = default;
};

} // namespace lapilli::morphology
