// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "brick/brick.hpp"
#include "diffusion/equation.hpp"

#include <array>
#include <cstdint>
#include <span>

namespace lapilli::diffusion {

/// The equation of a pore in one phase of cubes, in a byte: its diagonal, which is at most 8, and of the faces across the
/// axis whether a pore is beyond, and whether they are fixed.
using UnitCode = std::uint8_t;

constexpr int diagonal_of(UnitCode code) { return code & 15; }
namespace detail {
extern const std::array<PoreEquation, 256> equation_of_code;
}
/// What the code stands for: what equations() says of Law::unit and cubes.
inline const PoreEquation& equation_of(UnitCode code) { return detail::equation_of_code[code]; }

/// The codes of the pores of a brick, canonical order. @param bricks  its neighbours are among them
void unit_codes(const brick::Brick& brick, std::span<const brick::Brick> bricks, const EndLayers& ends,
                std::span<UnitCode> code);

} // namespace lapilli::diffusion
