// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/resolution.hpp"

#include <optional>
#include <string>

namespace lapilli::report {

/// How wide the pores are.
std::string chord_line(const property::Resolution& resolution);

/// What the grid does to a property, in a line or two for each axis: of the diffusivity; of the permeability.
std::string resolution_lines(const property::Resolution& resolution, const property::Diffusivity& d);
/// @param voxel_size_m  absent: in voxel²
std::string resolution_lines(const property::Resolution& resolution, const property::Permeability& k,
                             const std::optional<double>& voxel_size_m);

} // namespace lapilli::report
