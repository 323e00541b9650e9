// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <map>

namespace lapilli::image {

/// Which labels take part, and as what: label -> phase 1 ... 254. Every other label is solid.
using Phases = std::map<std::int32_t, std::uint8_t>;

/// While labels are read, of the one that is no part of the sample.
inline constexpr std::uint8_t outside_phase = 255;

} // namespace lapilli::image
