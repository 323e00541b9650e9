// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "io/field.hpp"

#include <span>
#include <string>

namespace lapilli::io {

/// The XDMF file that shows ParaView the fields of an HDF5 file as cell data of a regular grid.
/// @param data  name of the HDF5 file, which lies beside it
std::string xdmf(const FieldGrid& grid, std::span<const Field> fields, const std::string& data);

} // namespace lapilli::io
