// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>

namespace lapilli::synthetic {

inline constexpr std::uint8_t pore = 0; // the default of --pore: a generated image needs no flags
inline constexpr std::uint8_t solid = 1;

} // namespace lapilli::synthetic
