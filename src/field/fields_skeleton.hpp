// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "field/field.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace lapilli::file {
class PendingFile;
}

namespace lapilli::field {

/// An HDF5 file with the datasets of the fields and all attributes, and the space for the voxels. Returns where those of
/// each field begin [bytes]. One rank, not collective. @throws Error disk full
std::vector<std::int64_t> write_fields_skeleton(file::PendingFile& file, const FieldGrid& grid,
                                                std::span<const Field> fields,
                                                std::span<const std::pair<std::string, std::string>> provenance);

} // namespace lapilli::field
