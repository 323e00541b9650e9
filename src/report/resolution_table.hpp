// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/resolution.hpp"

#include <optional>
#include <string>

namespace lapilli::report {

/// How wide the pores are, and what the grid does to the permeability, in a line for each axis.
/// @param voxel_size_m  absent: in voxel²
std::string resolution_lines(const property::Resolution& resolution, const property::Permeability& k,
                             const std::optional<double>& voxel_size_m);

} // namespace lapilli::report
