// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "io/field.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace lapilli::io {

/// The bytes of an HDF5 file with the datasets of the fields and all attributes, but without space for the voxels: whoever
/// opens it to write takes that.
/// @param path  for errors
std::vector<std::byte> fields_skeleton(const std::string& path, const FieldGrid& grid, std::span<const Field> fields,
                                       std::span<const std::pair<std::string, std::string>> provenance);

} // namespace lapilli::io
