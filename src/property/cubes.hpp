// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/refine.hpp"
#include "property/resolution.hpp"

#include <span>

namespace lapilli::property {

/// A property of each of some cubes of one size, with sealed sides. Each is solved on one rank alone, so that as many are at
/// work as there are ranks; the memory has them one by one. Collective; the same bits on any number of ranks.
/// @param pores  of one phase
BlockValues solve_cubes(Run& run, const image::PoreSpace& pores, const GridProperty& property,
                        std::span<const image::Block> cubes);

} // namespace lapilli::property
