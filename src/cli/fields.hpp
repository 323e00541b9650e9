// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "cli/common_options.hpp"
#include "image/connectivity.hpp"
#include "image/slabs.hpp"
#include "io/fields_writer.hpp"
#include "property/diffusivity.hpp"
#include "property/permeability.hpp"
#include "report/study.hpp"

#include <memory>

namespace lapilli::cli {

/// Which fields a run writes along each axis that percolates.
struct WantedFields {
    bool concentration = false;
    bool flow = false;
};

/// The files of --fields in the output folder, with the mask of the pores written and places for the fields; null if none
/// are wanted. Collective.
/// @param study  image, voxel size and crop
std::unique_ptr<io::FieldsWriter> open_fields(const report::Study& study, const RunOptions& run, const WantedFields& wanted,
                                              const image::PoreSpace& pores, const image::Connectivity& connectivity);

/// What writes the concentrations that are measured; empty for null.
property::TakeConcentration concentration_to(io::FieldsWriter* fields);

/// What writes the flows that are measured; empty for null.
property::TakeFlow flow_to(io::FieldsWriter* fields);

/// One field on some pores; 0 in all other voxels. Collective.
template <class T>
void write_field(io::FieldsWriter& fields, const std::string& name, const image::PoreSpace& pores, std::span<const T> values,
                 int components = 1)
{
    fields.write<T>(name, [&](const auto& take) { image::to_slabs<T>(pores, values, components, take); });
}

} // namespace lapilli::cli
