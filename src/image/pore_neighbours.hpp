// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/pore_space.hpp"

namespace lapilli::image {

inline constexpr std::uint8_t is_pore = 1 << brick::faces;

/// Which of the six neighbours of each pore and ghost are pores: bit brick::Face, and is_pore. A field. Collective.
std::vector<std::uint8_t> pore_neighbours(const PoreSpace& pores);

} // namespace lapilli::image
