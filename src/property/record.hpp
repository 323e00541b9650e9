// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "property/diffusivity.hpp"
#include "property/permeability.hpp"
#include "solve/memory.hpp"

namespace lapilli::property {

/// What a solve along one axis found out, for a memory, and back.
Record record_of(const AxisDiffusivity& along);
Record record_of(const AxisPermeability& along);
AxisDiffusivity diffusivity_from(const Record& record);
AxisPermeability permeability_from(const Record& record);

} // namespace lapilli::property
