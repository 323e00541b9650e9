// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/diffusivity.hpp"
#include "property/permeability.hpp"
#include "property/resolution.hpp"

#include <optional>
#include <string>

namespace lapilli::report {

/// What is known of a property, for people: first the numbers to quote, then what they were made from, then notes, in lines
/// of so many columns. Where nothing was corrected, what was solved is what is to be quoted.
/// @param porosity  total, for the tortuosity
std::string diffusivity_table(const property::Diffusivity& d, const std::optional<property::Resolution>& grid,
                              double porosity, std::size_t columns);
/// @param edge_m  of a voxel, the shortest; absent: in voxel²
/// @param cubic   else nothing is in voxel²
std::string permeability_table(const property::Permeability& k, const std::optional<property::Resolution>& grid,
                               const std::optional<double>& edge_m, bool cubic, std::size_t columns);

} // namespace lapilli::report
