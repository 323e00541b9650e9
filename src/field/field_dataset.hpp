// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "core/shape.hpp"
#include "format/hdf5/hdf5_handle.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lapilli::field {

/// (nz, ny, nx) or (nz, ny, nx, 3) of numbers.
struct FieldLayout {
    Shape shape;
    int components = 1;
};

/// A dataset whose values lie in the file itself; empty where there is none of that name.
format::Hdf5Handle open_field(hid_t file, const std::string& name);
/// Nothing where it is no field, or is stored as this program never does: in other files, or packed by filters that HDF5
/// would have to load.
std::optional<FieldLayout> layout_of(hid_t dataset);

/// Empty where there is none, or it is longer than a sentence.
std::string text_attribute(hid_t object, const char* name);
/// One number or three; empty where there are none.
std::vector<double> numbers_attribute(hid_t object, const char* name);

} // namespace lapilli::field
