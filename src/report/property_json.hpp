// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/diffusivity.hpp"
#include "property/percolation.hpp"
#include "property/permeability.hpp"
#include "property/resolution.hpp"
#include "report/summary.hpp"
#include "report/value_forms.hpp"

#include <nlohmann/json.hpp>

#include <optional>

namespace lapilli::report {

using Json = nlohmann::ordered_json;

/// What stands under `result`, one object a property.
Json porosity_json(const property::Percolation& percolation);
Json percolation_json(const property::Percolation& percolation);
Json diffusivity_json(const property::Diffusivity& diffusivity);
/// @param edge_m  of a voxel, the shortest; absent: m² and millidarcy are null
Json permeability_json(const property::Permeability& permeability, const std::optional<double>& edge_m);
/// Values, under a key that says their unit, and directions.
Json principal_json(const Principal& principal, const char* values);
/// Adds to these objects, to each axis or to each solve of a periodic image, what is known of the grid's error.
void add_resolution(const property::Resolution& resolution, const property::Diffusivity& d, Json& diffusivity);
void add_resolution(const property::Resolution& resolution, const property::Permeability& k,
                    const std::optional<double>& edge_m, Json& permeability);

/// What stands under `summary`, one object a property: of each axis the number to quote, how far it may be off by source,
/// and what it was made by.
/// @param porosity  total, for the tortuosity
Json diffusivity_summary_json(const Summary& summary, double porosity);
/// @param edge_m  as above; absent: in voxel²
Json permeability_summary_json(const Summary& summary, const std::optional<double>& edge_m);

} // namespace lapilli::report
