// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <optional>

namespace lapilli {

/// Half-open range of voxels along one axis.
struct Crop {
    std::int64_t first = 0;
    std::optional<std::int64_t> last; ///< absent: to the end
};

} // namespace lapilli
