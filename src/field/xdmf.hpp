// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "field/field.hpp"

#include <span>
#include <string>

namespace lapilli::field {

/// By which a file is known to be of this program.
inline constexpr const char* xdmf_mark = R"(<Information Name="program" Value="lapilli"/>)";

/// The XDMF file that shows ParaView and pyvista the fields of an HDF5 file as cell data of a regular grid, at
/// the time 0, since some readers take a grid without a time for none.
/// @param data  name of the HDF5 file, which lies beside it
std::string xdmf(const FieldGrid& grid, std::span<const Field> fields, const std::string& data);

} // namespace lapilli::field
