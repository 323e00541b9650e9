// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "io/field.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace lapilli::io {

class PendingFile;

/// An HDF5 file with the datasets of the fields and all attributes, and the space for the voxels. Returns where those of
/// each field begin [bytes]. One rank, not collective. @throws Error disk full
std::vector<std::int64_t> write_fields_skeleton(PendingFile& file, const FieldGrid& grid, std::span<const Field> fields,
                                                std::span<const std::pair<std::string, std::string>> provenance);

} // namespace lapilli::io
